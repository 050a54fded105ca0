import { asksForDecision } from '../db/conflicts'
import { entriesOf, type KnownEntry } from '../db/entries'
import type { JournalRow, Phone } from '../db/schema'
import { BELONGING } from '../db/about'
import { allRows, byId } from '../db/read'
import { readUndoable } from '../db/undoable'
import { editsCustomers } from '../overlay/rights'
import type { Customer } from '../shapes/customer'
import { argOf, type Kind } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Params } from '../shapes/settled'
import { countWaiting, waitsFor } from './chains'
import { dealings, stateOf, type Dealings, type Standpoint } from './entryState'
import type { EntryState } from './lines'
import { liveRead, type Live } from './live'
import { present } from './present'
import { readProjection, standpointOf, type Projection } from './projection'
import { removedRow, type Removed } from './removed'
import { shownCustomers } from './shared'

export interface OutboxItem {
  entryId: string
  n: number
  kind: Kind
  at: string
  /** as in the entry: names of the wire */
  args: Readonly<Record<string, unknown>>
  state: EntryState
  code?: string
  params?: Params
  /** whom its reason names */
  who?: string
  customerName?: string
  canRetry: boolean
  canEdit: boolean
  canDiscard: boolean
  /** the entry this one waits for */
  waitsFor?: string
  /** how many wait for this one */
  waiting: number
  /** what whoever sent it back or gave it up wrote to its writer */
  note?: { text: string; by?: Member }
  /** somebody else gave it up */
  isGivenUp: boolean
  /** what it ran into and nobody has decided yet */
  conflicts: string[]
  /** the removed row that keeps it from being applied */
  removed?: Removed
  /** a discard was tapped and can be undone until then */
  discardUntil?: string
}

const DAY_MS = 86_400_000
const MOST_APPLIED = 100
/** As long as this a record that somebody else gave up is shown to its writer. */
const GIVEN_UP_DAYS = 7

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString()
}

function isGivenUp({ state, params }: JournalRow): boolean {
  return state === 'discarded' && typeof params.note === 'string'
}

const ORDER: Readonly<Record<EntryState, number>> = { attention: 0, saved: 1, sent: 1, applied: 2 }

async function listed(db: Phone): Promise<JournalRow[]> {
  const pending = await db.journal.where('state').anyOf('open', 'parked', 'conflict').toArray()
  const since = daysAgo(1)
  const recently = daysAgo(GIVEN_UP_DAYS)
  const givenUp = await db.journal
    .where('state')
    .equals('discarded')
    .filter((row) => isGivenUp(row) && (row.settledAt ?? '') >= recently)
    .toArray()
  const applied = await db.journal
    .orderBy('n')
    .reverse()
    .filter((row) => (row.state === 'applied' || row.state === 'duplicate') && (row.settledAt ?? '') >= since)
    .limit(MOST_APPLIED)
    .toArray()
  return [...pending, ...applied, ...givenUp]
}

/** Entry → customer, over the row it speaks of where it does not name one. */
async function customersOf(db: Phone, { overlay }: Projection, known: readonly KnownEntry[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const name of BELONGING) {
    const ids = known.flatMap(({ entry }) => argOf(entry, name) ?? [])
    for (const row of (await byId(db, name, ids)).values()) owners.set(row.id, row.customer)
    for (const row of overlay[name].values()) owners.set(row.id, row.customer)
  }
  const ownerOf = ({ entry }: KnownEntry) => BELONGING.map((name) => owners.get(argOf(entry, name) ?? '')).find((id) => id !== undefined)
  const customerOf = (one: KnownEntry) => argOf(one.entry, 'customer') ?? ownerOf(one) ?? one.journal.about?.customer
  return new Map(known.flatMap((one) => (customerOf(one) === undefined ? [] : [[one.entry.id, customerOf(one)!] as const])))
}

interface About {
  standpoint: Standpoint
  dealt: Dealings
  /** entry → the customer it concerns */
  owners: ReadonlyMap<string, string>
  customers: ReadonlyMap<string, Customer>
  waiting: ReadonlyMap<string, number>
  discards: ReadonlyMap<string, string>
  decisions: ReadonlyMap<string, string>
  members: ReadonlyMap<string, Member>
  mayRestore: boolean
}

function noteOf({ code, state, params }: JournalRow, { members }: About): OutboxItem['note'] {
  const isNoted = state === 'discarded' || (state === 'parked' && code === 'returned')
  if (!isNoted || typeof params.note !== 'string') return undefined
  const by = members.get(String(params.by))
  return { text: params.note, ...(by === undefined ? {} : { by }) }
}

/** Why it was put aside; one that was sent back, why it was before. */
function reasonOf({ code, params }: JournalRow): string | undefined {
  if (code === 'returned' && typeof params.code === 'string' && params.code !== '') return params.code
  return code ?? undefined
}

/** What the entry ran into and nobody has decided, not even by a tap of just now. */
function openConflicts({ conflicts }: JournalRow, { standpoint, decisions }: About): string[] {
  return conflicts.map((one) => one.id).filter((id) => standpoint.toDecide.has(id) && !decisions.has(id))
}

function itemOf(known: KnownEntry, about: About): OutboxItem {
  const { journal, entry } = known
  const retry = about.dealt.retryOf(journal.id)
  const isActionable = journal.state === 'parked' && retry === undefined && !about.dealt.isReplaced(journal.id)
  const isOwnKind = !entry.kind.startsWith('entry.')
  const discardUntil = about.discards.get(journal.id)
  const hasCode = journal.code !== null && retry === undefined && journal.state === 'parked'
  const waits = retry === undefined ? waitsFor(journal) : undefined
  const removed = isActionable && about.mayRestore ? removedRow(known, (id) => about.customers.has(id)) : undefined
  const owner = about.owners.get(journal.id)
  return {
    entryId: journal.id,
    n: journal.n,
    kind: entry.kind,
    at: entry.at,
    args: entry.args as unknown as Readonly<Record<string, unknown>>,
    state: stateOf(retry ?? journal, about.standpoint),
    // What waits is run again by itself as soon as the other one is settled.
    canRetry: isActionable && isOwnKind && waits === undefined,
    canEdit: isActionable && isOwnKind && waits === undefined,
    canDiscard: isActionable && discardUntil === undefined,
    waiting: isActionable ? (about.waiting.get(journal.id) ?? 0) : 0,
    conflicts: openConflicts(journal, about),
    isGivenUp: isGivenUp(journal),
    ...present<Pick<OutboxItem, 'code' | 'params' | 'who' | 'note' | 'customerName' | 'waitsFor' | 'removed' | 'discardUntil'>>({
      code: hasCode ? reasonOf(journal) : undefined,
      note: retry === undefined ? noteOf(journal, about) : undefined,
      params: hasCode ? journal.params : undefined,
      who: hasCode ? about.members.get(String(journal.params.member))?.name : undefined,
      customerName: about.customers.get(owner ?? '')?.name ?? (journal.about?.name || undefined),
      waitsFor: waits,
      removed,
      discardUntil,
    }),
  }
}

async function readOutbox(db: Phone): Promise<OutboxItem[]> {
  const journal = await listed(db)
  const dealt = dealings(journal)
  const standpoint = await standpointOf(db, journal)
  const isOver = (row: JournalRow) => row.state === 'conflict' && !asksForDecision(row, standpoint.toDecide) && (row.settledAt ?? '') < daysAgo(1)
  // An entry that is being replaced is spoken for by the one that replaces it.
  const known = await entriesOf(db, journal.filter((row) => !dealt.isReplaced(row.id) && !isOver(row)))
  const projection = await readProjection(db)
  const owners = await customersOf(db, projection, known)
  const about: About = {
    standpoint,
    dealt,
    owners,
    customers: await shownCustomers(db, projection, [...owners.values()]),
    waiting: countWaiting(journal),
    discards: await readUndoable(db, 'discard'),
    decisions: await readUndoable(db, 'resolve'),
    members: await allRows(db, 'member'),
    mayRestore: editsCustomers(projection.actor),
  }
  const items = known.map((one) => itemOf(one, about))
  const inOrder = (item: OutboxItem) => (item.state === 'applied' ? -item.n : item.n)
  return items.sort((a, b) => ORDER[a.state] - ORDER[b.state] || inOrder(a) - inOrder(b))
}

/** What needs the person first, then what is on its way, then what went in during the last day. */
export const outbox: Live<OutboxItem[] | undefined> = liveRead(readOutbox)
