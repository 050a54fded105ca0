import type { Collection } from 'dexie'
import type { Settled } from '../shapes/settled'
import { asksForDecision, undecided } from './conflicts'
import { readMeta, touchStamp, writeMeta } from './meta'
import type { JournalRow, Phone } from './schema'

/** Settled for good: nothing but a restored server changes it any more. */
export function isFinal(entry: JournalRow): boolean {
  return entry.state !== 'open' && entry.state !== 'parked'
}

function answers(entry: JournalRow, settled: Settled): boolean {
  // A duplicate says only that the id had its answer, also under another name. A final state says more.
  if (settled.state === 'duplicate' && isFinal(entry)) return false
  return entry.state === 'open' || settled.seq > entry.seq
}

/** What an applied entry means for the parked one it deals with, should the server's own word on that one be missed. */
const FATE: Readonly<Record<string, 'discarded' | 'superseded'>> = { 'entry.discard': 'discarded' }

async function settleTarget(db: Phone, entry: JournalRow): Promise<void> {
  if (entry.target === undefined || entry.kind === 'entry.retry') return
  const target = await db.journal.get(entry.target)
  if (target?.state !== 'parked') return
  await db.journal.update(target.id, { state: FATE[entry.kind] ?? 'superseded', settledAt: entry.settledAt })
}

/** Writes down what the server decided. Inside the page's transaction. */
export async function settle(db: Phone, answersOfPage: readonly Settled[], serverTime: string): Promise<void> {
  for (const settled of answersOfPage) {
    const entry = await db.journal.get(settled.id)
    if (entry === undefined || !answers(entry, settled)) continue
    const next = answered(entry, settled, serverTime)
    await db.journal.put(next)
    if (next.state === 'applied' || next.state === 'conflict') await settleTarget(db, next)
  }
}

/** What was sent back with a note still has the reason it was parked for; the note alone would not say which field to mend. */
function answered(entry: JournalRow, settled: Settled, settledAt: string): JournalRow {
  const { seq, code } = settled
  const params = settled.code === 'returned' ? { ...entry.params, ...settled.params } : settled.params
  // The duplicate of an entry that ran into a conflict still tells of that conflict.
  const isRepeated = settled.state === 'duplicate' && entry.conflicts.length > 0
  const state = isRepeated ? 'conflict' : settled.state
  const conflicts = isRepeated ? entry.conflicts : settled.conflicts
  // What was applied in a lost history and is parked in this one has to be seen again.
  const overlay = state === 'parked' ? 1 : entry.overlay
  return { ...entry, ...nameless(entry, state), state, seq, code, params, conflicts, overlay, settledAt }
}

/** The name of a customer is kept outside the base only for as long as a person may have to decide by it. */
function nameless({ about }: JournalRow, state: JournalRow['state']): Partial<JournalRow> {
  return about === undefined || state === 'parked' ? {} : { about: { customer: about.customer, name: '' } }
}

/** At the head the base holds what was settled, so nothing has to be laid over it any more. */
export async function dropOverlays(db: Phone): Promise<void> {
  const settled = await db.journal.where('overlay').equals(1).filter(isFinal).toArray()
  await db.journal.bulkPut(settled.map((entry) => ({ ...entry, overlay: 0 })))
}

/**
 * What was settled is so no longer: the server is to hear and decide it anew, and screens show it over the base until then.
 * What a person gave up stays given up. Inside a transaction of the caller.
 */
export async function reopen(entries: Collection<JournalRow, string>): Promise<void> {
  await entries.modify((entry) => {
    entry.seq = 0
    if (entry.state === 'open' || entry.state === 'discarded' || entry.state === 'superseded') return
    // What it ran into stays known: the answer to a repeated entry does not say it again.
    Object.assign(entry, { state: 'open', overlay: 1, code: null, params: {} })
  })
}

/**
 * Before everything is read anew: answers of a lost history say nothing in this one, however large their numbers,
 * and what lies above the server's own settled_n it has yet to decide. Inside a transaction of the caller.
 */
export async function forgetAnswers(db: Phone, settledN: number): Promise<void> {
  await db.journal.filter((entry) => entry.seq > 0).modify({ seq: 0 })
  await reopen(db.journal.where('n').above(settledN))
  await touchStamp(db)
}

/** Forgets entries that were settled before a day. Their place in the chain stays. */
export async function pruneJournal(db: Phone, before: string): Promise<number> {
  return db.transaction('rw', [db.meta, db.outbox, db.journal], async () => {
    const received = (await readMeta(db, 'received')) ?? 0
    const old = await db.journal
      .where('n')
      .belowOrEqual(received)
      .filter((entry) => isFinal(entry) && entry.overlay === 0 && (entry.settledAt ?? entry.at) < before)
      .toArray()
    await db.outbox.bulkDelete(old.map((entry) => entry.n))
    await db.journal.bulkDelete(old.map((entry) => entry.id))
    return old.length
  })
}

export interface JournalCounts {
  saved: number
  sent: number
  attention: number
  /** of those that need attention: in, and waiting for a choice */
  toDecide: number
  heldSince?: string
}

/** How many entries stand where. */
export async function countEntries(db: Phone): Promise<JournalCounts> {
  return db.transaction('r', [db.meta, db.journal, db.conflict], async () => {
    const received = (await readMeta(db, 'received')) ?? 0
    const open = await db.journal.where('state').equals('open').sortBy('n')
    const parked = await db.journal.where('state').equals('parked').count()
    const met = await db.journal.where('state').equals('conflict').toArray()
    const conflicts = await undecided(db, met)
    const toDecide = met.filter((entry) => asksForDecision(entry, conflicts)).length
    const held = open.filter((entry) => entry.n > received)
    const oldest = held[0]?.at
    return {
      saved: held.length,
      sent: open.length - held.length,
      attention: parked + toDecide,
      toDecide,
      ...(oldest === undefined ? {} : { heldSince: oldest }),
    }
  })
}

export async function noteLastIn(db: Phone, serverTime: string): Promise<void> {
  const isAnyOpen = (await db.journal.where('state').equals('open').count()) > 0
  if (!isAnyOpen) await writeMeta(db, 'last_in_at', serverTime)
}
