import type { Settled } from '../shapes/settled'
import { SHAPE_NAMES, type ShapeName } from '../shapes/row'
import { dropOverlays, noteLastIn, settle } from './journal'
import { readMeta, touchStamp, writeMeta, type CursorState } from './meta'
import { applyRows, dropStreams, sweepOther, sweepShape, type Known, type RowChange } from './rows'
import type { Phone } from './schema'

/** What one answer to a pull brings. */
export interface Page {
  cursor: string
  more: boolean
  drop: string[]
  rows: RowChange[]
  settled: Settled[]
  serverTime: string
  total?: number
}

/** The cursor a page was asked with. A page is taken only while the phone still stands there. */
export interface Asked {
  replica: string
  cursor: CursorState
}

export type Touched = Partial<Record<ShapeName, string[]>>

export async function readCursor(db: Phone): Promise<CursorState> {
  return (await readMeta(db, 'cursor')) ?? { text: null, generation: 1, isSweepDue: false }
}

async function isStillThere(db: Phone, asked: Asked): Promise<boolean> {
  const cursor = await readCursor(db)
  const replica = await readMeta(db, 'replica')
  return replica === asked.replica && cursor.text === asked.cursor.text && cursor.generation === asked.cursor.generation
}

async function countRows(db: Phone, page: Page): Promise<void> {
  const before = await readMeta(db, 'first_sync')
  if (before?.isDone) return
  const rows = (before?.rows ?? 0) + page.rows.length
  await writeMeta(db, 'first_sync', { rows, total: page.total ?? before?.total ?? null, isDone: !page.more })
}

async function reachHead(db: Phone, page: Page): Promise<void> {
  await dropOverlays(db)
  await writeMeta(db, 'head_at', page.serverTime)
  if (page.settled.length > 0) await noteLastIn(db, page.serverTime)
}

function merged(first: Touched, second: Touched): Touched {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])] as ShapeName[]
  return Object.fromEntries(names.map((name) => [name, [...(first[name] ?? []), ...(second[name] ?? [])]]))
}

/** One page, one transaction: rows, settled entries and cursor change together or not at all. */
export async function writePage(db: Phone, asked: Asked, page: Page, known?: Known): Promise<Touched | undefined> {
  return db.transaction('rw', db.tables, async () => {
    if (!(await isStillThere(db, asked))) return undefined
    const hasOverlays = (await db.journal.where('overlay').equals(1).count()) > 0
    const dropped = page.drop.length === 0 ? {} : await dropStreams(db, page.drop)
    const put = await applyRows(db, page.rows, asked.cursor.generation, known)
    await settle(db, page.settled, page.serverTime)
    if (!page.more) await reachHead(db, page)
    await countRows(db, page)
    await writeMeta(db, 'cursor', { ...asked.cursor, text: page.cursor })
    if (hasOverlays || page.settled.length > 0) await touchStamp(db)
    return merged(dropped, put)
  })
}

/** Removes rows of older generations in chunks, so that no transaction holds the database for long. */
export async function sweep(db: Phone, chunk = 2_000): Promise<Touched> {
  const { generation, isSweepDue } = await readCursor(db)
  const gone: Touched = {}
  if (!isSweepDue) return gone
  for (const name of SHAPE_NAMES) {
    for (let next: string | undefined = ''; next !== undefined; ) {
      const after: string = next
      const swept = await db.transaction('rw', db[name], async () => sweepShape(db, name, generation, after, chunk))
      gone[name] = [...(gone[name] ?? []), ...swept.gone]
      next = swept.next
    }
  }
  await sweepOther(db, generation)
  await db.transaction('rw', [db.meta], async () => {
    const cursor = await readCursor(db)
    if (cursor.generation === generation) await writeMeta(db, 'cursor', { ...cursor, isSweepDue: false })
    await touchStamp(db)
  })
  return gone
}
