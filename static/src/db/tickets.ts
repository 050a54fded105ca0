import { readRow, type Row } from '../shapes/row'
import type { Ticket, TicketState } from '../shapes/ticket'
import type { Phone } from './schema'

const read = (row: Row) => readRow('ticket', row)

type Pointer = 'customer' | 'asset' | 'member' | 'assignee' | 'solved_by' | 'part_of' | 'cause'

/** Tickets that point to one of these rows. */
export async function ticketsOf(db: Phone, pointer: Pointer, ids: readonly string[]): Promise<Ticket[]> {
  return ids.length === 0 ? [] : (await db.ticket.where(`f.${pointer}`).anyOf([...ids]).toArray()).map(read)
}

/** These tickets, with all they are a part of. */
export async function ticketsUpwards(db: Phone, ids: readonly string[]): Promise<Ticket[]> {
  const found = new Map<string, Ticket>()
  for (let level = [...new Set(ids)]; level.length > 0; ) {
    const tickets = (await db.ticket.bulkGet(level)).flatMap((row) => (row === undefined ? [] : [read(row)]))
    for (const ticket of tickets) found.set(ticket.id, ticket)
    level = [...new Set(tickets.flatMap(({ part_of }) => part_of ?? []))].filter((id) => !found.has(id))
  }
  return [...found.values()]
}

export async function ticketsInStates(db: Phone, states: readonly TicketState[]): Promise<Ticket[]> {
  return (await db.ticket.where('f.state').anyOf([...states]).toArray()).map(read)
}

/** Newest first, as ids begin with the time of their making; at most `limit`. */
export async function newestInState(db: Phone, state: TicketState, limit: number): Promise<Ticket[]> {
  const ids = await db.ticket.where('f.state').equals(state).primaryKeys()
  const newest = ids.sort().slice(-limit)
  return (await db.ticket.bulkGet(newest)).flatMap((row) => (row === undefined ? [] : [read(row)])).reverse()
}
