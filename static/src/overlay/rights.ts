import type { Commitment } from '../shapes/commitment'
import type { Ground } from './ground'

export function isMine(row: { member: string }, ground: Ground): boolean {
  return row.member === ground.actor.id
}

/** Its member, the lead of the member's team, or an administrator. */
export function mayChange(commitment: Commitment, ground: Ground): boolean {
  if (ground.actor.is_admin || isMine(commitment, ground)) return true
  const team = ground.member(commitment.member)?.team
  return team != null && ground.team(team)?.lead === ground.actor.id
}
