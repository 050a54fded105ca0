import type { Phone } from '../../db/schema'
import { ticketsOf } from '../../db/tickets'
import { isOpen } from '../../shapes/ticket'
import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'
import type { TicketLine } from './lines'
import { soonestDueFirst, ticketLines } from './ticketLines'

async function readOpen(db: Phone, customers: readonly string[]): Promise<Map<string, TicketLine[]>> {
  const reader = await Reader.at(db)
  const base = await ticketsOf(db, 'customer', customers)
  const open = reader.over('ticket', base, (ticket) => isOpen(ticket) && customers.includes(ticket.customer))
  const lines = (await ticketLines(reader, open)).sort(soonestDueFirst)
  return new Map(customers.map((id) => [id, lines.filter(({ ticket }) => ticket.customer === id)]))
}

/** What is to be resolved at each of these customers, the most urgent first. */
export function openTicketsOf(customers: readonly string[]): Live<Map<string, TicketLine[]> | undefined> {
  return liveRead((db) => readOpen(db, customers))
}
