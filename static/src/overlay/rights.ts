import type { Commitment } from '../shapes/commitment'
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
