import { customersById } from '../db/customers'
import { readDiscards } from '../db/discards'
import { entriesOf, type KnownEntry } from '../db/entries'
import { readMeta } from '../db/meta'
import type { JournalRow, Phone } from '../db/schema'
import { visitsById } from '../db/visits'
import { commitmentsById } from '../db/commitments'
import { currentPhone } from '../db/current'
import type { Entry, Kind } from '../shapes/entry'
import type { Params } from '../shapes/settled'
import { dealings, stateOf, type Dealings } from './entryState'
import { unsentFile } from './exportFile'
import type { EntryState } from './lines'
import { present } from './lineOf'
import { liveRead, type Live } from './live'
import { readProjection, type Projection } from './projection'

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
  customerName?: string
  canRetry: boolean
  canEdit: boolean
  canDiscard: boolean
  /** the entry this one waits for */
  waitsFor?: string
  /** a discard was tapped and can be undone until then */
  discardUntil?: string
}

const DAY_MS = 86_400_000
const MOST_APPLIED = 100
const ORDER: Readonly<Record<EntryState, number>> = { attention: 0, saved: 1, sent: 1, applied: 2 }

async function listed(db: Phone): Promise<JournalRow[]> {
  const pending = await db.journal.where('state').anyOf('open', 'parked', 'conflict').toArray()
  const since = new Date(Date.now() - DAY_MS).toISOString()
  const applied = await db.journal
    .orderBy('n')
    .reverse()
    .filter((row) => (row.state === 'applied' || row.state === 'duplicate') && (row.settledAt ?? '') >= since)
    .limit(MOST_APPLIED)
    .toArray()
  return [...pending, ...applied]
}

function textAt(args: Entry['args'], key: string): string | undefined {
  const value = (args as Record<string, unknown>)[key]
  return typeof value === 'string' ? value : undefined
}

/** Entry → customer, over the visit or commitment it speaks of where it does not name one. */
async function customerNames(db: Phone, projection: Projection, known: readonly KnownEntry[]): Promise<Map<string, string>> {
  const ids = (key: string) => known.flatMap(({ entry }) => textAt(entry.args, key) ?? [])
  const visits = new Map((await visitsById(db, ids('visit'))).map((row) => [row.id, row.customer]))
  const promises = new Map((await commitmentsById(db, ids('commitment'))).map((row) => [row.id, row.customer]))
  for (const [id, row] of projection.overlay.visit) visits.set(id, row.customer)
  for (const [id, row] of projection.overlay.commitment) promises.set(id, row.customer)
  const customerOf = ({ args }: Entry) =>
    textAt(args, 'customer') ?? visits.get(textAt(args, 'visit') ?? '') ?? promises.get(textAt(args, 'commitment') ?? '')
  const of = new Map(known.map(({ entry }) => [entry.id, customerOf(entry) ?? '']))
  const customers = await customersById(db, [...of.values()])
  return new Map([...of].flatMap(([id, customer]) => customers.get(customer)?.name ? [[id, customers.get(customer)!.name]] : []))
}

function waitsFor(journal: JournalRow): string | undefined {
  const entry = journal.code === 'waits_for' ? journal.params.entry : undefined
  return typeof entry === 'string' ? entry : undefined
}

interface About {
  received: number
  dealt: Dealings
  names: ReadonlyMap<string, string>
  discards: ReadonlyMap<string, string>
}

function itemOf({ journal, entry }: KnownEntry, { received, dealt, names, discards }: About): OutboxItem {
  const retry = dealt.retryOf(journal.id)
  const isActionable = journal.state === 'parked' && retry === undefined && !dealt.isReplaced(journal.id)
  const isOwnKind = !entry.kind.startsWith('entry.')
  const until = discards.get(journal.id)
  const isUndoable = until !== undefined && until > new Date().toISOString()
  const hasCode = journal.code !== null && retry === undefined
  return {
    entryId: journal.id,
    n: journal.n,
    kind: entry.kind,
    at: entry.at,
    args: entry.args as unknown as Readonly<Record<string, unknown>>,
    state: stateOf(retry ?? journal, received),
    // What waits is run again by itself as soon as the other one is settled.
    canRetry: isActionable && isOwnKind && waitsFor(journal) === undefined,
    canEdit: isActionable && isOwnKind,
    canDiscard: isActionable && !isUndoable,
    ...present<Pick<OutboxItem, 'code' | 'params' | 'customerName' | 'waitsFor' | 'discardUntil'>>({
      code: hasCode ? (journal.code ?? undefined) : undefined,
      params: hasCode ? journal.params : undefined,
      customerName: names.get(journal.id),
      waitsFor: waitsFor(journal),
      discardUntil: isUndoable ? until : undefined,
    }),
  }
}

async function readOutbox(db: Phone): Promise<OutboxItem[]> {
  const journal = await listed(db)
  const dealt = dealings(journal)
  // An entry that is being replaced is spoken for by the one that replaces it.
  const known = await entriesOf(db, journal.filter((row) => !dealt.isReplaced(row.id)))
  const names = await customerNames(db, await readProjection(db), known)
  const about: About = { received: (await readMeta(db, 'received')) ?? 0, dealt, names, discards: await readDiscards(db) }
  const items = known.map((one) => itemOf(one, about))
  const inOrder = (item: OutboxItem) => (item.state === 'applied' ? -item.n : item.n)
  return items.sort((a, b) => ORDER[a.state] - ORDER[b.state] || inOrder(a) - inOrder(b))
}

/** What needs the person first, then what is on its way, then what went in during the last day. */
export const outbox: Live<OutboxItem[] | undefined> = liveRead(readOutbox)

/** Everything unsent as plain JSON with its hashes, for an administrator to import. */
export async function exportUnsent(): Promise<Blob> {
  const phone = currentPhone()
  if (phone === undefined) throw new Error('nobody is signed in')
  return unsentFile(phone)
}
