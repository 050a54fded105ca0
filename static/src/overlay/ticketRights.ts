import type { Customer } from '../shapes/customer'
import type { Member } from '../shapes/member'
import type { Team } from '../shapes/team'
import type { Ticket } from '../shapes/ticket'

/** Who asks, and what is known of people. */
export interface Asker {
  actor: Member
  member(id: string): Member | undefined
  team(id: string): Team | undefined
  /** Whether the actor reads customers of this territory. */
  covers(territory: string): boolean
}

/** Executives read everything and say what they think, but the work is others'. */
export function worksOnTickets({ is_admin, role }: Member): boolean {
  return is_admin || role !== 'executive'
}

/** Whether the actor answers for another member: leads the team, or administers all. */
export function leads(other: string, asker: Asker): boolean {
  const team = asker.member(other)?.team
  return asker.actor.is_admin || (team != null && asker.team(team)?.lead === asker.actor.id)
}

/** Whoever has it or reported it, whoever answers for them, and managers of the territory. */
export function handsOut(ticket: Ticket, customer: Customer | undefined, asker: Asker): boolean {
  const { actor } = asker
  const concerned = [ticket.assignee, ticket.member].filter((id) => id !== null)
  if (actor.is_admin || concerned.includes(actor.id) || concerned.some((id) => leads(id, asker))) return true
  return actor.role === 'manager' && customer !== undefined && asker.covers(customer.territory)
}

/** Its reporter, or whoever answers for them. */
export function withdraws({ member }: Ticket, asker: Asker): boolean {
  return member === asker.actor.id || leads(member, asker)
}

/** Nobody says of their own clock that it was right. */
export function reviewsTimes(of: string, asker: Asker): boolean {
  const { id, role } = asker.actor
  return id !== of && (leads(of, asker) || role === 'manager' || role === 'executive')
}
