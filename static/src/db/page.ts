import type { Settled } from '../shapes/settled'
import { SHAPE_NAMES, type ShapeName } from '../shapes/row'
import { dropOverlays, forgetAnswers, noteLastIn, settle } from './journal'
import { readMeta, touchStamp, writeMeta, type CursorState } from './meta'
import { isKept } from './room'
import { applyRows, deleteUnseen, dropStreams, sweepOther, sweepShape, type Known, type RowChange, type Touched } from './rows'
import type { Phone } from './schema'

/** What one answer to a pull brings. */
export interface Page {
  cursor: string
  more: boolean
  drop: string[]
  rows: RowChange[]
  settled: Settled[]
  /** up to where the server has decided */
  settledN: number | null
  serverTime: string
  total?: number
}

/** The cursor a page was asked with. A page is taken only while the phone still stands there. */
export interface Asked {
  replica: string
  cursor: CursorState
  /** streams that were asked for from the beginning */
  refetch?: readonly string[]
}

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

function merged(...parts: Touched[]): Touched {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))] as ShapeName[]
  return Object.fromEntries(names.map((name) => [name, parts.flatMap((part) => part[name] ?? [])]))
}

/**
 * A row may leave one stream on this page and enter another on a later one, so that it is in none meanwhile.
 * It is kept until the last page, or it would vanish from the screen and come back.
 */
async function letGo(db: Phone, left: readonly string[], isLast: boolean): Promise<Touched> {
  const before = (await readMeta(db, 'leaving')) ?? []
  const leaving = [...new Set([...before, ...left])]
  const kept = isLast ? [] : leaving
  if (before.length > 0 || kept.length > 0) await writeMeta(db, 'leaving', kept)
  return isLast ? deleteUnseen(db, leaving) : {}
}

/** Without the rows of months that were given up for want of room. */
async function keptOf(db: Phone, rows: RowChange[]): Promise<RowChange[]> {
  const keptFrom = (await readMeta(db, 'given_up'))?.keptFrom
  if (keptFrom === undefined) return rows
  return rows.map((row) => ({ ...row, s: row.s.filter((stream) => isKept(stream, keptFrom)) })).filter((row) => row.s.length > 0)
}

/** One page, one transaction: rows, settled entries and cursor change together or not at all. */
export async function writePage(db: Phone, asked: Asked, page: Page, known?: Known): Promise<Touched | undefined> {
  return db.transaction('rw', db.tables, async () => {
    if (!(await isStillThere(db, asked))) return undefined
    const hasOverlays = (await db.journal.where('overlay').equals(1).count()) > 0
    const dropped = await dropStreams(db, page.drop)
    const changed = await applyRows(db, await keptOf(db, page.rows), asked.cursor.generation, known)
    const gone = await letGo(db, [...dropped.left, ...changed.left], !page.more)
    if (asked.cursor.text === null && page.settledN !== null) await forgetAnswers(db, page.settledN)
    await settle(db, page.settled, page.serverTime)
    if (!page.more) await reachHead(db, page)
    await countRows(db, page)
    await writeMeta(db, 'cursor', { ...asked.cursor, text: page.cursor, isAtHead: !page.more })
    if (asked.refetch !== undefined) await db.meta.delete('refetch')
    const touched = merged(dropped.touched, changed.touched, gone)
    // Whether an entry needs its person hangs on the conflicts it ran into.
    if (hasOverlays || page.settled.length > 0 || touched.conflict !== undefined) await touchStamp(db)
    return touched
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
