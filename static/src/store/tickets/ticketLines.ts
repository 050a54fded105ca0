import { byId } from '../../db/read'
import type { Chip } from '../../shapes/chip'
import { dueAt, isLate, isOpen, type Ticket } from '../../shapes/ticket'
import type { Reader } from '../needs/reader'
import { compare } from '../order'
import { present } from '../present'
import type { TicketLine } from './lines'

/** Chips by id; one that was removed meanwhile is not on this phone. */
export async function chipsById({ db }: Reader, ids: readonly (string | null)[]): Promise<Map<string, Chip>> {
  return byId(db, 'chip', ids.filter((id) => id !== null))
}

export async function ticketLines(reader: Reader, tickets: readonly Ticket[]): Promise<TicketLine[]> {
  const customers = await reader.customers(tickets.map((ticket) => ticket.customer))
  const sites = await reader.byId('site', tickets.map((ticket) => ticket.site))
  const assets = await reader.byId('asset', tickets.map((ticket) => ticket.asset))
  const chips = await chipsById(reader, tickets.map((ticket) => ticket.category))
  const undoable = await reader.undoable('ticket')
  return tickets.map((ticket) => ({
    ticket,
    ...reader.mark('ticket', ticket),
    isLate: isLate(ticket, reader.now),
    dueAt: isOpen(ticket) ? dueAt(ticket) : null,
    ...present<Pick<TicketLine, 'customer' | 'site' | 'asset' | 'category' | 'reporter' | 'assignee' | 'undoUntil'>>({
      customer: customers.get(ticket.customer),
      site: sites.get(ticket.site ?? ''),
      asset: assets.get(ticket.asset ?? ''),
      category: chips.get(ticket.category ?? ''),
      reporter: reader.member(ticket.member),
      assignee: reader.member(ticket.assignee),
      undoUntil: undoable.get(ticket.id),
    }),
  }))
}

const GRAVITY = { urgent: 0, high: 1, normal: 2, low: 3 } as const

/** Late ones first, then by the next promise; without one by how grave it is, the oldest first. */
export function soonestDueFirst(a: TicketLine, b: TicketLine): number {
  return (
    Number(b.isLate) - Number(a.isLate) ||
    compare(a.dueAt ?? '~', b.dueAt ?? '~') ||
    GRAVITY[a.ticket.severity] - GRAVITY[b.ticket.severity] ||
    compare(a.ticket.id, b.ticket.id)
  )
}

export function newestTicketFirst(a: TicketLine, b: TicketLine): number {
  return compare(b.ticket.id, a.ticket.id)
}
