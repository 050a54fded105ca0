import type { Member } from '../shapes/member'
import type { Team } from '../shapes/team'
import type { Freshness } from '../store/feed'
import type { Dict } from './words/ko'

interface Speaker {
  moment(at: string): string
  count(n: number): string
}

/** Whether this person looks after the phones and parked entries of others. */
export function answersForOthers(member: Member | undefined, teams: ReadonlyMap<string, Team>): boolean {
  if (!member) return false
  return member.is_admin || member.role === 'manager' || [...teams.values()].some((team) => team.lead === member.id)
}

/** Whether the server tells this person whose phones are silent: it does so to whoever leads others. */
export function hearsOfPhones(member: Member | undefined, teams: ReadonlyMap<string, Team>): boolean {
  return answersForOthers(member, teams) || member?.role === 'executive'
}

/** How complete the feed is: as of when, whose phones are silent, how much is still on them. */
export function freshnessWords(fresh: Freshness, { feed: words }: Dict, say: Speaker): string {
  return [
    words.freshness(say.moment(fresh.asOf)),
    fresh.silent > 0 ? words.silent(say.count(fresh.silent), say.count(fresh.total)) : '',
    fresh.waiting > 0 ? words.waiting(say.count(fresh.waiting)) : '',
    fresh.silent === 0 && fresh.waiting === 0 ? words.allReported : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
