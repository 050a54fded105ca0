import type { Sort } from '../shapes/chip'
import { happenedAt } from '../shapes/step'
import { may, type Ticket, type TicketVerb } from '../shapes/ticket'
import type { Ground } from './ground'
import { worksOnTickets } from './ticketRights'

/** A ticket that was not withdrawn. */
export function standing(id: string, ground: Ground): Ticket | undefined {
  const ticket = ground.ticket(id)
  return ticket?.withdrawn_at === null ? ticket : undefined
}

/** A ticket in a state in which the actor may do this with it. */
export function workable(id: string, verb: TicketVerb, ground: Ground): Ticket | undefined {
  const ticket = worksOnTickets(ground.actor) ? standing(id, ground) : undefined
  return ticket !== undefined && may(verb, ticket.state) ? ticket : undefined
}

/** Whether a chip is of another sort. One this phone does not hold was removed meanwhile, and is believed. */
export function isOtherSort(sort: Sort, id: string | null | undefined, ground: Ground): boolean {
  const chip = id == null ? undefined : ground.chip(id)
  return chip !== undefined && chip.sort !== sort
}

export function isAtWork(member: string, ground: Ground): boolean {
  return ground.member(member)?.is_active === true
}

/** The day on which a ticket happened. */
export function dayOfTicket({ steps: [opened], made_at }: Ticket, ground: Ground): string {
  return ground.dayOf(opened === undefined ? made_at : happenedAt(opened))
}
