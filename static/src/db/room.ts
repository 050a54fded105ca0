import { SHAPE_NAMES } from '../shapes/row'
import { clearBase, giveUpSaid, shrinkBase } from './base'
import { announce } from './changes'
import { readMeta, touchStamp, writeMeta } from './meta'
import type { Touched } from './rows'
import type { Phone } from './schema'
import { isQuotaError, steady } from './steady'

/** The month whose closed facts a stream holds; undefined for a stream of what is open. */
function monthOf(stream: string): string | undefined {
  return /\/(\d{4}-\d{2})$/.exec(stream)?.[1]
}

/** Whether rows of a stream are kept on this phone. */
export function isKept(stream: string, keptFrom: string | undefined): boolean {
  const month = monthOf(stream)
  return month === undefined || keptFrom === undefined || month >= keptFrom
}

async function monthsHeld(db: Phone): Promise<string[]> {
  const found = new Set<string>()
  for (const table of [...SHAPE_NAMES.map((name) => db[name]), db.other]) {
    await table.each((row) => row.s.forEach((stream) => found.add(monthOf(stream) ?? '')))
  }
  found.delete('')
  return [...found].sort()
}

async function noteGivenUp(db: Phone, keptFrom: string): Promise<void> {
  const before = await readMeta(db, 'given_up')
  const latest = before !== undefined && before.keptFrom > keptFrom ? before.keptFrom : keptFrom
  await writeMeta(db, 'given_up', { keptFrom: latest, isSeen: false })
}

/** Takes months before a day from every row, and the rows that were of these months only. */
async function dropMonths(db: Phone, keptFrom: string): Promise<Touched> {
  const touched: Touched = {}
  const isOld = (row: { s: string[] }) => row.s.some((stream) => !isKept(stream, keptFrom))
  for (const name of SHAPE_NAMES) {
    const rows = await db[name].filter(isOld).toArray()
    const left = rows.map((row) => ({ ...row, s: row.s.filter((stream) => isKept(stream, keptFrom)) }))
    // Deleted first: there may be no room for anything before.
    await db[name].bulkDelete(left.filter((row) => row.s.length === 0).map((row) => row.id))
    await db[name].bulkPut(left.filter((row) => row.s.length > 0))
    if (rows.length > 0) touched[name] = rows.map((row) => row.id)
  }
  await db.other.filter((row) => row.s.length > 0 && row.s.every((stream) => !isKept(stream, keptFrom))).delete()
  return touched
}

/** Gives up the older half of the months this phone holds. False when there is no older one than the last. */
export async function giveUpMonths(db: Phone): Promise<boolean> {
  const months = await monthsHeld(db)
  const keptFrom = months[Math.ceil(months.length / 2)]
  if (keptFrom === undefined) return false
  const touched = await db.transaction('rw', db.tables, async () => {
    const dropped = await dropMonths(db, keptFrom)
    await noteGivenUp(db, keptFrom)
    await touchStamp(db)
    return dropped
  })
  announce(db, { rows: touched })
  return true
}

async function giveUp(db: Phone, rows: (db: Phone) => Promise<void>): Promise<void> {
  await rows(db)
  await db.transaction('rw', [db.meta], async () => noteGivenUp(db, new Date().toISOString().slice(0, 7)))
  announce(db, { isReset: true, rows: {} })
}

/** What gives way to a text a person wrote, in this order; each says whether there was anything. */
async function* givingWay(db: Phone): AsyncGenerator<void> {
  // Where there is no room even to write down what is given up, more has to go.
  while (await giveUpMonths(db).catch(() => false)) yield
  for (const rows of [giveUpSaid, shrinkBase, clearBase]) yield giveUp(db, rows)
}

/**
 * Does the work, and gives up cached rows one kind after the other for as long as there is no room for it.
 * Text is never refused for want of room while there is a cached row left.
 */
export async function makingRoom<T>(db: Phone, work: () => Promise<T>): Promise<T> {
  const ways = givingWay(db)
  for (;;) {
    try {
      return await steady(db, work)
    } catch (error) {
      if (!isQuotaError(error) || (await ways.next()).done) throw error
    }
  }
}

export async function givenUpIsSeen(db: Phone): Promise<void> {
  await db.transaction('rw', [db.meta], async () => {
    const known = await readMeta(db, 'given_up')
    if (known !== undefined) await writeMeta(db, 'given_up', { ...known, isSeen: true })
  })
}
