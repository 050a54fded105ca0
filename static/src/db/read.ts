import { readRow, type Row, type ShapeName, type Shapes } from '../shapes/row'
import type { Phone } from './schema'

/** All rows of one of the small shapes every member holds. */
export async function allRows<Name extends ShapeName>(db: Phone, name: Name): Promise<Map<string, Shapes[Name]>> {
  const rows: Row[] = await db[name].toArray()
  return new Map(rows.map((row) => [row.id, readRow(name, row)]))
}

/** Rows of a shape by id, without those this phone does not hold. */
export async function byId<Name extends ShapeName>(db: Phone, name: Name, ids: readonly string[]): Promise<Map<string, Shapes[Name]>> {
  const rows: (Row | undefined)[] = await db[name].bulkGet([...new Set(ids)])
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, readRow(name, row)] as const])))
}

/** Every row of a shape, in chunks, for what is kept in memory. */
export async function eachChunk<Name extends ShapeName>(
  db: Phone,
  name: Name,
  take: (rows: Shapes[Name][]) => void,
  chunk = 2_000,
): Promise<void> {
  for (let after = ''; ; ) {
    const rows: Row[] = await db[name].where('id').above(after).limit(chunk).toArray()
    take(rows.map((row) => readRow(name, row)))
    const last = rows.at(-1)
    if (rows.length < chunk || last === undefined) return
    after = last.id
  }
}
