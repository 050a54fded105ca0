import type { Fields } from '../shapes/fields'
import { isShapeName, SHAPE_NAMES, type Row, type ShapeName } from '../shapes/row'
import type { OtherRow, Phone } from './schema'

/** One line of a page: a row is to be seen in these streams, or no longer. */
export type RowChange =
  | { s: string[]; t: string; id: string; rv: string; op: 'put'; f: Fields }
  | { s: string[]; t: string; id: string; op: 'rm' }

/** Rows that are known to be in the base or known not to be, so that a first sync need not look each one up. */
export interface Known {
  has(shape: string, id: string): boolean
}

function joined(first: readonly string[], second: readonly string[]): string[] {
  return first.length === 0 ? [...second] : [...new Set([...first, ...second])]
}

/** The row after one change; undefined when no stream shows it any more. */
function changed(row: Row | undefined, change: RowChange, generation: number): Row | undefined {
  // Streams of an older generation are hearsay: they are named again or were left meanwhile.
  const streams = row?.g === generation ? row.s : []
  if (change.op === 'put') {
    return { id: change.id, rv: change.rv, s: joined(streams, change.s), g: generation, f: change.f }
  }
  if (row === undefined || row.g !== generation) return row
  const left = streams.filter((stream) => !change.s.includes(stream))
  return left.length === 0 ? undefined : { ...row, s: left }
}

function grouped(changes: readonly RowChange[]): Map<string, RowChange[]> {
  const groups = new Map<string, RowChange[]>()
  for (const change of changes) {
    const group = groups.get(change.t)
    if (group === undefined) groups.set(change.t, [change])
    else group.push(change)
  }
  return groups
}

interface Outcome {
  put: Row[]
  gone: string[]
}

function work(changes: readonly RowChange[], before: Map<string, Row>, generation: number): Outcome {
  const after = new Map<string, Row | undefined>()
  for (const change of changes) {
    const row = after.has(change.id) ? after.get(change.id) : before.get(change.id)
    after.set(change.id, changed(row, change, generation))
  }
  const put: Row[] = []
  const gone: string[] = []
  for (const [id, row] of after) {
    if (row !== undefined) put.push(row)
    else if (before.has(id)) gone.push(id)
  }
  return { put, gone }
}

async function present(
  read: (ids: string[]) => Promise<(Row | undefined)[]>,
  changes: readonly RowChange[],
  known: Known | undefined,
): Promise<Map<string, Row>> {
  const ids = new Set(changes.map((change) => change.id))
  const sought = known === undefined ? [...ids] : [...ids].filter((id) => known.has(changes[0]?.t ?? '', id))
  if (sought.length === 0) return new Map()
  const rows = await read(sought)
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])))
}

async function applyShape(db: Phone, name: ShapeName, changes: RowChange[], generation: number, known?: Known): Promise<void> {
  const table = db[name]
  const before = await present((ids) => table.bulkGet(ids), changes, known)
  const { put, gone } = work(changes, before, generation)
  if (put.length > 0) await table.bulkPut(put)
  if (gone.length > 0) await table.bulkDelete(gone)
}

async function applyOther(db: Phone, t: string, changes: RowChange[], generation: number): Promise<void> {
  const before = await present((ids) => db.other.bulkGet(ids.map((id) => [t, id])), changes, undefined)
  const { put, gone } = work(changes, before, generation)
  await db.other.bulkPut(put.map((row): OtherRow => ({ ...row, t })))
  await db.other.bulkDelete(gone.map((id) => [t, id]))
}

/** Applies the rows of a page in their order. Returns which rows of known shapes it touched. */
export async function applyRows(
  db: Phone,
  changes: readonly RowChange[],
  generation: number,
  known?: Known,
): Promise<Partial<Record<ShapeName, string[]>>> {
  const touched: Partial<Record<ShapeName, string[]>> = {}
  for (const [name, group] of grouped(changes)) {
    if (!isShapeName(name)) {
      await applyOther(db, name, group, generation)
      continue
    }
    await applyShape(db, name, group, generation, known)
    touched[name] = [...new Set(group.map((change) => change.id))]
  }
  return touched
}

/** Streams this member no longer reads: rows seen in no other go. */
export async function dropStreams(db: Phone, streams: readonly string[]): Promise<Partial<Record<ShapeName, string[]>>> {
  const touched: Partial<Record<ShapeName, string[]>> = {}
  const isLeft = (row: Row) => row.s.some((stream) => streams.includes(stream))
  const without = (row: Row) => ({ ...row, s: row.s.filter((stream) => !streams.includes(stream)) })
  for (const name of SHAPE_NAMES) {
    const rows = (await db[name].filter(isLeft).toArray()).map(without)
    if (rows.length === 0) continue
    await db[name].bulkPut(rows.filter((row) => row.s.length > 0))
    await db[name].bulkDelete(rows.filter((row) => row.s.length === 0).map((row) => row.id))
    touched[name] = rows.map((row) => row.id)
  }
  const others = (await db.other.filter(isLeft).toArray()).map((row) => ({ ...row, ...without(row) }))
  await db.other.bulkPut(others.filter((row) => row.s.length > 0))
  await db.other.bulkDelete(others.filter((row) => row.s.length === 0).map((row) => [row.t, row.id]))
  return touched
}

export interface Swept {
  /** where to go on; undefined at the end of the shape */
  next: string | undefined
  gone: string[]
}

/** Looks through one chunk of a shape for what an older generation left behind. */
export async function sweepShape(db: Phone, name: ShapeName, generation: number, after: string, chunk: number): Promise<Swept> {
  const rows = await db[name].where('id').above(after).limit(chunk).toArray()
  const gone = rows.filter((row) => row.g < generation).map((row) => row.id)
  await db[name].bulkDelete(gone)
  return { next: rows.length < chunk ? undefined : rows.at(-1)?.id, gone }
}

export async function sweepOther(db: Phone, generation: number): Promise<void> {
  await db.other.filter((row) => row.g < generation).delete()
}
