import type { Phone } from '../../db/schema'
import { sitesOfCustomers } from '../../db/customers'
import { newestInState, ticketsInStates } from '../../db/tickets'
import { haversine } from '../../overlay/evidence'
import type { Site } from '../../shapes/site'
import { isOpen, TICKET_STATES, type Ticket, type TicketState } from '../../shapes/ticket'
import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'
import type { Here } from '../visits'
import type { NearbyLine, TicketLine } from './lines'
import { newestTicketFirst, soonestDueFirst, ticketLines } from './ticketLines'

export interface TicketLists {
  /** what I work on, or reported while nobody does, until it is closed: what is to be solved first */
  mine: TicketLine[]
  /** open ones, the nearest first; none where nobody knows where I am */
  nearby: NearbyLine[]
  /** open ones about which a promise is broken */
  overdue: TicketLine[]
  byState: Record<TicketState, TicketLine[]>
}

const MOST_NEARBY = 50
/** Of those that are over, which grow for ever. */
const MOST_CLOSED = 200

async function shownTickets(reader: Reader): Promise<Ticket[]> {
  const { db } = reader
  const base = await ticketsInStates(db, TICKET_STATES.filter((state) => state !== 'closed'))
  const closed = await newestInState(db, 'closed', MOST_CLOSED)
  return reader.over('ticket', [...base, ...closed], (ticket) => ticket.withdrawn_at === null)
}

function isMine({ assignee, member, state }: Ticket, me: string): boolean {
  return state !== 'closed' && (assignee ?? member) === me
}

function solvedLast(a: TicketLine, b: TicketLine): number {
  return Number(isOpen(b.ticket)) - Number(isOpen(a.ticket)) || soonestDueFirst(a, b)
}

/** Where a ticket is: its site, else the nearest one of its customer. */
function metresTo({ ticket: { site, customer } }: TicketLine, sites: readonly Site[], here: Here): number | undefined {
  const placed = sites.filter((one) => (site === null ? one.customer === customer : one.id === site))
  const metres = placed.flatMap(({ latitude, longitude }) =>
    latitude === null || longitude === null ? [] : [haversine(here, { latitude, longitude })],
  )
  return metres.length === 0 ? undefined : Math.min(...metres)
}

async function nearest(reader: Reader, open: readonly TicketLine[], here: Here | undefined): Promise<NearbyLine[]> {
  if (here === undefined || open.length === 0) return []
  const customers = [...new Set(open.map(({ ticket }) => ticket.customer))]
  const base = await sitesOfCustomers(reader.db, customers)
  const sites = reader.over('site', base, (site) => customers.includes(site.customer))
  const lines = open.flatMap((line) => {
    const metres = metresTo(line, sites, here)
    return metres === undefined ? [] : [{ ...line, metres }]
  })
  return lines.sort((a, b) => a.metres - b.metres || soonestDueFirst(a, b)).slice(0, MOST_NEARBY)
}

function grouped(lines: readonly TicketLine[]): TicketLists['byState'] {
  const order = { open: soonestDueFirst, assigned: soonestDueFirst, waiting: soonestDueFirst, solved: newestTicketFirst, closed: newestTicketFirst }
  const groups = TICKET_STATES.map((state) => [state, lines.filter(({ ticket }) => ticket.state === state).sort(order[state])])
  return Object.fromEntries(groups) as TicketLists['byState']
}

async function readLists(db: Phone, me: string, now: number, here: Here | undefined): Promise<TicketLists> {
  const reader = await Reader.at(db, now)
  const lines = await ticketLines(reader, await shownTickets(reader))
  const open = lines.filter(({ ticket }) => isOpen(ticket))
  return {
    mine: lines.filter(({ ticket }) => isMine(ticket, me)).sort(solvedLast),
    nearby: await nearest(reader, open, here),
    overdue: open.filter((line) => line.isLate).sort(soonestDueFirst),
    byState: grouped(lines),
  }
}

/** The tickets of this phone from several sides, as of a moment in milliseconds. Withdrawn ones are in none. */
export function ticketLists(me: string, now: number, here?: Here): Live<TicketLists | undefined> {
  return liveRead((db) => readLists(db, me, now, here))
}
