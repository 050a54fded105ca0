import { commentsById } from '../db/comments'
import { commitmentsById, commitmentsOfVisits } from '../db/commitments'
import { conflictsById, undecided } from '../db/conflicts'
import { entriesOf, type KnownEntry } from '../db/entries'
import { readMeta } from '../db/meta'
import { allRows, byId } from '../db/read'
import type { JournalRow, Phone } from '../db/schema'
import { visitsById } from '../db/visits'
import { emptyOverlay, lay, type Overlay } from '../overlay/lay'
import { argOf, type Kind } from '../shapes/entry'
import { readRow } from '../shapes/row'
import type { Member } from '../shapes/member'
import type { Visit } from '../shapes/visit'
import { dealings, stateOf, worse, type Dealings, type Standpoint } from './entryState'
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

function idsOf(journal: readonly JournalRow[], shape: string): string[] {
  const start = `${shape}:`
  const keys = journal.flatMap((row) => row.rows).filter((key) => key.startsWith(start))
  return [...new Set(keys)].map((key) => key.slice(start.length))
}

/** The rows of customers that entries change, with those they belong to and those they point to. */
async function sharedRows(db: Phone, journal: readonly JournalRow[], known: readonly KnownEntry[], visits: readonly Visit[]) {
  const conflicts = [...(await conflictsById(db, idsOf(journal, 'conflict'))).values()]
  const contacts = [...(await byId(db, 'contact', idsOf(journal, 'contact'))).values()]
  const seen = visits.flatMap((visit) => visit.site ?? [])
  const named = known.flatMap(({ entry }) => argOf(entry, 'site') ?? [])
  const sites = [...(await byId(db, 'site', [...idsOf(journal, 'site'), ...named, ...seen])).values()]
  const owners = [...conflicts, ...contacts, ...sites].map((row) => row.customer)
  const customers = [...(await byId(db, 'customer', [...idsOf(journal, 'customer'), ...owners])).values()]
  return { customer: customers, site: sites, contact: contacts, conflict: conflicts }
}

async function layOver(db: Phone, actor: Member, journal: JournalRow[], known: KnownEntry[]): Promise<Overlay> {
  const visits = await visitsById(db, idsOf(journal, 'visit'))
  const commitments = await commitmentsById(db, idsOf(journal, 'commitment'))
  const ofVisits = await commitmentsOfVisits(db, visits.map((visit) => visit.id))
  const comments = await commentsById(db, idsOf(journal, 'comment'))
  const shared = await sharedRows(db, journal, known, visits)
  const rows = { visit: visits, commitment: [...ofVisits, ...commitments], comment: comments, ...shared }
  const territories = new Set((await allRows(db, 'territory')).keys())
  const people = { members: await allRows(db, 'member'), teams: await allRows(db, 'team') }
  return lay({ actor, rows, territories, ...people }, known.map(({ entry }) => entry))
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
