import type { Commitment } from '../shapes/commitment'
import type { Customer } from '../shapes/customer'
import type { Member } from '../shapes/member'
import type { Reply } from '../shapes/reply'
import type { Team } from '../shapes/team'
import type { Visit } from '../shapes/visit'
import type { Ground } from './ground'

export function isMine(row: { member: string }, ground: Ground): boolean {
  return row.member === ground.actor.id
}

/** Whether a fact of this customer may be written on the visit: mine, of that customer, and not taken back. */
export function takesFact(visit: Visit, customer: string, ground: Ground): boolean {
  return isMine(visit, ground) && visit.customer === customer && visit.withdrawn_at === null
}

/** Its member, the lead of the member's team, or an administrator. */
export function mayChange(commitment: Commitment, ground: Ground): boolean {
  if (ground.actor.is_admin || isMine(commitment, ground)) return true
  const team = ground.member(commitment.member)?.team
  return team != null && ground.team(team)?.lead === ground.actor.id
}

/** By role; in which territories is asked of each row. */
export function editsCustomers({ is_admin, role }: Member): boolean {
  return is_admin || role === 'rep' || role === 'manager'
}

/** Reps and managers edit what lies in their territories, administrators everything. */
export function mayEdit(customer: Customer, ground: Ground): boolean {
  return editsCustomers(ground.actor) && ground.covers(customer.territory)
}

/** Engineers and administrators sort needs, answer for them and ask questions. Everybody writes down what they hear. */
export function editsNeeds({ is_admin, role }: Member): boolean {
  return is_admin || role === 'engineer'
}

/** Who tells a customer what became of a need: whoever sees them, and whose part it is. */
export function mayTell(reply: Reply, ground: Ground): boolean {
  const customer = ground.customer(reply.customer)
  return isMine(reply, ground) || (customer !== undefined && ground.covers(customer.territory))
}

export interface People {
  members: ReadonlyMap<string, Member>
  teams: ReadonlyMap<string, Team>
}

/** Whether a member reads the customers of a territory: own ones, those of the team, or all. */
export function coverage(actor: Member, { members, teams }: People): (territory: string) => boolean {
  const readsAll = actor.is_admin || actor.role === 'engineer' || actor.role === 'executive'
  if (readsAll) return () => true
  const led = new Set([...teams.values()].filter((team) => team.lead === actor.id).map((team) => team.id))
  if (actor.role === 'manager' && actor.team !== null) led.add(actor.team)
  const ofTeam = [...members.values()].filter((member) => member.team !== null && led.has(member.team))
  const read = new Set([...actor.territories, ...ofTeam.flatMap((member) => member.territories)])
  return (territory) => read.has(territory)
}
