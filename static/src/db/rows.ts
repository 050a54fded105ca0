import type { Fields } from '../shapes/fields'
import { isShapeName, SHAPE_NAMES, type Row, type ShapeName } from '../shapes/row'
import type { OtherRow, Phone } from './schema'

/** One line of a page: a row is to be seen in these streams, or no longer. */
export type RowChange =
  | { s: string[]; t: string; id: string; rv: string; op: 'put'; f: Fields }
  | { s: string[]; t: string; id: string; op: 'rm' }

export type Touched = Partial<Record<ShapeName, string[]>>

/** Which rows of known shapes were changed, and which rows no stream shows any more (`shape:id`, of any shape). */
export interface Applied {
  touched: Touched
  left: string[]
}

/** Rows that are known to be in the base or known not to be, so that a first sync need not look each one up. */
export interface Known {
  has(shape: string, id: string): boolean
}

function joined(first: readonly string[], second: readonly string[]): string[] {
  return first.length === 0 ? [...second] : [...new Set([...first, ...second])]
}

/** The row after one change; undefined when it never was here. Without streams it waits for the last page. */
function changed(row: Row | undefined, change: RowChange, generation: number): Row | undefined {
  // Streams of an older generation are hearsay: they are named again or were left meanwhile.
  const streams = row?.g === generation ? row.s : []
  if (change.op === 'put') {
    return { id: change.id, rv: change.rv, s: joined(streams, change.s), g: generation, f: change.f }
  }
  if (row === undefined || row.g !== generation) return row
  return { ...row, s: streams.filter((stream) => !change.s.includes(stream)) }
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

/** The rows as they are after all changes. */
function work(changes: readonly RowChange[], before: Map<string, Row>, generation: number): Row[] {
  const after = new Map<string, Row | undefined>()
  for (const change of changes) {
    const row = after.has(change.id) ? after.get(change.id) : before.get(change.id)
    after.set(change.id, changed(row, change, generation))
  }
  return [...after.values()].filter((row) => row !== undefined)
}

function keysOfUnseen(t: string, rows: readonly Row[]): string[] {
  return rows.filter((row) => row.s.length === 0).map((row) => `${t}:${row.id}`)
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

async function applyShape(db: Phone, name: ShapeName, changes: RowChange[], generation: number, known?: Known): Promise<Row[]> {
  const table = db[name]
  const before = await present((ids) => table.bulkGet(ids), changes, known)
  const rows = work(changes, before, generation)
  if (rows.length > 0) await table.bulkPut(rows)
  return rows
}

async function applyOther(db: Phone, t: string, changes: RowChange[], generation: number): Promise<Row[]> {
  const before = await present((ids) => db.other.bulkGet(ids.map((id) => [t, id])), changes, undefined)
  const rows = work(changes, before, generation)
  await db.other.bulkPut(rows.map((row): OtherRow => ({ ...row, t })))
  return rows
}

/** Applies the rows of a page in their order. */
export async function applyRows(db: Phone, changes: readonly RowChange[], generation: number, known?: Known): Promise<Applied> {
  const touched: Touched = {}
  const left: string[] = []
  for (const [name, group] of grouped(changes)) {
    const isOurs = isShapeName(name)
    const rows = isOurs ? await applyShape(db, name, group, generation, known) : await applyOther(db, name, group, generation)
    left.push(...keysOfUnseen(name, rows))
    if (isOurs) touched[name] = rows.map((row) => row.id)
  }
  return { touched, left }
}

/** Streams this member no longer reads are taken from every row. */
export async function dropStreams(db: Phone, streams: readonly string[]): Promise<Applied> {
  const applied: Applied = { touched: {}, left: [] }
  if (streams.length === 0) return applied
  const isLeft = (row: Row) => row.s.some((stream) => streams.includes(stream))
  const without = <R extends Row>(row: R): R => ({ ...row, s: row.s.filter((stream) => !streams.includes(stream)) })
  for (const name of SHAPE_NAMES) {
    const rows = (await db[name].filter(isLeft).toArray()).map(without)
    if (rows.length === 0) continue
    await db[name].bulkPut(rows)
    applied.left.push(...keysOfUnseen(name, rows))
    applied.touched[name] = rows.map((row) => row.id)
  }
  const others = (await db.other.filter(isLeft).toArray()).map(without)
  await db.other.bulkPut(others)
  applied.left.push(...others.flatMap((row) => keysOfUnseen(row.t, [row])))
  return applied
}

/** Deletes those of these rows (`shape:id`) that are still in no stream. */
export async function deleteUnseen(db: Phone, keys: readonly string[]): Promise<Touched> {
  const gone: Touched = {}
  for (const key of keys) {
    const [t, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
    if (isShapeName(t)) (gone[t] ??= []).push(id)
    else await db.other.where({ t, id }).filter((row) => row.s.length === 0).delete()
  }
  for (const [name, ids] of Object.entries(gone) as [ShapeName, string[]][]) {
    const unseen = (await db[name].bulkGet(ids)).filter((row) => row?.s.length === 0)
    await db[name].bulkDelete(unseen.flatMap((row) => row?.id ?? []))
  }
  return gone
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
