import { causesInStates } from '../../db/causes'
import type { Phone } from '../../db/schema'
import { ticketsOf } from '../../db/tickets'
import { worksOnTickets } from '../../overlay/ticketRights'
import type { Cause, CauseState } from '../../shapes/cause'
import type { Kind } from '../../shapes/entry'
import { rowKey } from '../../shapes/touches'
import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'
import { compare } from '../order'
import { causeLines } from './causeLines'
import type { CauseLine, TicketLine } from './lines'
import { newestTicketFirst, ticketLines } from './ticketLines'

const UNDER_WATCH: readonly CauseState[] = ['finding', 'watching', 'back']

export interface CauseCard extends CauseLine {
  /** those it was the reason of, the newest first */
  tickets: TicketLine[]
  /** may settle and edit it */
  canWork: boolean
  pendingKinds: Kind[]
}

/** What is back asks for somebody now; what is looked for by its day, what is watched until its window ends. */
function asksOn({ state, finding_due_on, watch_until }: Cause): string {
  return (state === 'back' ? '' : state === 'finding' ? finding_due_on : watch_until) ?? ''
}

function soonestFirst({ cause: a }: CauseLine, { cause: b }: CauseLine): number {
  return compare(asksOn(a), asksOn(b)) || compare(a.id, b.id)
}

async function readUnderWatch(db: Phone, member: string | undefined): Promise<CauseLine[]> {
  const reader = await Reader.at(db)
  const isWanted = (cause: Cause) => UNDER_WATCH.includes(cause.state) && (member === undefined || cause.member === member)
  const causes = reader.over('cause', await causesInStates(db, UNDER_WATCH), isWanted)
  return (await causeLines(reader, causes)).sort(soonestFirst)
}

/** Causes that are looked for, watched or back, the soonest first: all this phone holds, or those one member answers for. */
export function causesUnderWatch(member?: string): Live<CauseLine[] | undefined> {
  return liveRead((db) => readUnderWatch(db, member))
}

async function readCard(db: Phone, id: string): Promise<CauseCard | null> {
  const reader = await Reader.at(db)
  const cause = (await reader.byId('cause', [id])).get(id)
  if (cause === undefined) return null
  const tickets = reader.over('ticket', await ticketsOf(db, 'cause', [id]), (ticket) => ticket.cause === id)
  return {
    ...(await causeLines(reader, [cause]))[0]!,
    tickets: (await ticketLines(reader, tickets)).sort(newestTicketFirst),
    canWork: worksOnTickets(reader.actor),
    pendingKinds: reader.projection.standings.get(rowKey('cause', id))?.kinds ?? [],
  }
}

/** undefined while loading, null when this phone does not hold the cause. */
export function causeCard(id: string): Live<CauseCard | null | undefined> {
  return liveRead((db) => readCard(db, id))
}
