import { undecided } from '../db/conflicts'
import { entriesOf, type KnownEntry } from '../db/entries'
import { readMeta } from '../db/meta'
import { allRows, byId } from '../db/read'
import type { JournalRow, Phone } from '../db/schema'
import { emptyOverlay, lay, type Overlay } from '../overlay/lay'
import { argOf, type Kind } from '../shapes/entry'
import { readRow } from '../shapes/row'
import type { Member } from '../shapes/member'
import { dealings, stateOf, worse, type Dealings, type Standpoint } from './entryState'
import { LaidRows } from './laid'
import type { EntryState, Parked } from './lines'

/** How the entries of this phone stand that touch one row. */
export interface Standing {
  state: EntryState
  kinds: Kind[]
  parked?: Parked
}

/** What lies over the base: the changed rows, and how the entries behind them stand. */
export interface Projection {
  actor: Member
  overlay: Overlay
  standings: Map<string, Standing>
}

async function actorOf(db: Phone): Promise<Member> {
  const row = await db.member.get(db.memberId)
  if (row !== undefined) return readRow('member', row)
  return (await readMeta(db, 'me'))?.member ?? readRow('member', { id: db.memberId, f: {} })
}

async function waiting(db: Phone): Promise<JournalRow[]> {
  const laid = await db.journal.where('overlay').equals(1).toArray()
  const conflicts = await db.journal.where('state').equals('conflict').toArray()
  return [...new Map([...laid, ...conflicts].map((row) => [row.id, row])).values()]
}

async function layOver(db: Phone, actor: Member, journal: JournalRow[], known: KnownEntry[]): Promise<Overlay> {
  const rows = await new LaidRows(db, journal, known).read()
  const territories = new Set((await allRows(db, 'territory')).keys())
  const products = await byId(db, 'product', known.flatMap(({ entry }) => argOf(entry, 'product') ?? []))
  const chips = await allRows(db, 'chip')
  const timeZone = (await readMeta(db, 'me'))?.organization.time_zone ?? 'Asia/Seoul'
  const people = { members: await allRows(db, 'member'), teams: await allRows(db, 'team') }
  return lay({ actor, rows, territories, products, chips, timeZone, ...people }, known.map(({ entry }) => entry))
}

function parkedOf({ journal, entry }: KnownEntry): Parked | undefined {
  if (journal.state !== 'parked') return undefined
  return { entryId: journal.id, kind: entry.kind, code: journal.code ?? '', params: journal.params }
}

function add(standing: Standing | undefined, known: KnownEntry, state: EntryState): Standing {
  const parked = parkedOf(known) ?? standing?.parked
  return {
    state: worse(standing?.state ?? 'applied', state),
    kinds: [...(standing?.kinds ?? []), ...(state === 'applied' ? [] : [known.entry.kind])],
    ...(parked === undefined ? {} : { parked }),
  }
}

function standingsOf(known: readonly KnownEntry[], standpoint: Standpoint, dealt: Dealings): Map<string, Standing> {
  const standings = new Map<string, Standing>()
  for (const one of known) {
    if (dealt.isReplaced(one.journal.id)) continue
    const state = stateOf(dealt.retryOf(one.journal.id) ?? one.journal, standpoint)
    for (const key of one.journal.rows) standings.set(key, add(standings.get(key), one, state))
  }
  return standings
}

/** From where the states of these entries are seen. */
export async function standpointOf(db: Phone, journal: readonly JournalRow[]): Promise<Standpoint> {
  return { received: (await readMeta(db, 'received')) ?? 0, toDecide: await undecided(db, journal) }
}

async function project(db: Phone): Promise<Projection> {
  const actor = await actorOf(db)
  const journal = await waiting(db)
  if (journal.length === 0) return { actor, overlay: emptyOverlay(), standings: new Map() }
  const known = await entriesOf(db, journal)
  const dealt = dealings(journal)
  const isGivenUp = (row: JournalRow) => row.state === 'superseded' || row.state === 'discarded' || dealt.isReplaced(row.id)
  const laid = known.filter(({ journal: row }) => row.overlay === 1 && !isGivenUp(row))
  const overlay = await layOver(db, actor, journal, laid)
  return { actor, overlay, standings: standingsOf(known, await standpointOf(db, journal), dealt) }
}

const kept = new WeakMap<Phone, { stamp: number; actorRv: string; projection: Projection }>()

/** The projection of this moment. To be called inside the transaction that reads the base rows it is laid over. */
export async function readProjection(db: Phone): Promise<Projection> {
  const stamp = (await readMeta(db, 'stamp')) ?? 0
  const actorRv = (await db.member.get(db.memberId))?.rv ?? ''
  const last = kept.get(db)
  if (last?.stamp === stamp && last.actorRv === actorRv) return last.projection
  const projection = await project(db)
  kept.set(db, { stamp, actorRv, projection })
  return projection
}
