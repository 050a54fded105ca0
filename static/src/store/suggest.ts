import { haversine } from '../overlay/evidence'
import type { Customer } from '../shapes/customer'
import type { Member } from '../shapes/member'
import type { Site } from '../shapes/site'
import { dayOf, daysBetween } from '../shapes/time'
import type { Day } from './day'
import type { Directory } from './directory'
import { compare } from './order'
import type { Here, Reason, Suggestion } from './visits'

const LONG_UNSEEN_DAYS = 21
const NEAR_METRES = 2_000
const MOST_SUGGESTED = 10

interface Candidate extends Suggestion {
  /** smaller is sooner: kind of the strongest reason, then its weight */
  rank: [kind: number, weight: number]
}

function nearest(sites: readonly Site[], here: Here | undefined): { site: Site; metres: number } | undefined {
  if (here === undefined) return undefined
  const placed = sites.flatMap((site) => {
    const { latitude, longitude } = site
    return latitude === null || longitude === null ? [] : [{ site, metres: haversine(here, { latitude, longitude }) }]
  })
  return placed.sort((a, b) => a.metres - b.metres)[0]
}

function seenReason(customer: Customer, known: Directory, day: Day): Reason | undefined {
  const seen = known.lastSeen.get(customer.id)
  if (seen === undefined) return { code: 'never_visited' }
  const days = daysBetween(dayOf(seen, day.timeZone), day.date)
  return days >= LONG_UNSEEN_DAYS ? { code: 'long_unseen', days } : undefined
}

function rankOf(reasons: readonly Reason[], date: string): [number, number] {
  const [first] = reasons
  switch (first?.code) {
    case 'commitment_due':
      return [0, -daysBetween(first.due_on, date)]
    case 'near':
      return [1, first.metres]
    case 'long_unseen':
      return [2, -first.days]
    default:
      return [3, 0]
  }
}

function candidate(customer: Customer, known: Directory, due: readonly Reason[], day: Day, here?: Here): Candidate | undefined {
  const sites = known.sitesAt(customer.id)
  const near = nearest(sites, here)
  const isNear = near !== undefined && near.metres <= NEAR_METRES
  const seen = seenReason(customer, known, day)
  const reasons: Reason[] = [
    ...due,
    ...(isNear ? [{ code: 'near' as const, metres: Math.round(near.metres / 10) * 10 }] : []),
    ...(seen === undefined ? [] : [seen]),
  ]
  if (reasons.length === 0) return undefined
  const site = near?.site ?? sites[0]
  return { customer, ...(site === undefined ? {} : { site }), reasons, rank: rankOf(reasons, day.date) }
}

function dueByCustomer(day: Day): Map<string, Reason[]> {
  const due = new Map<string, Reason[]>()
  for (const { commitment } of day.commitmentsDue) {
    const reason: Reason = { code: 'commitment_due', commitment: commitment.id, due_on: commitment.due_on }
    due.set(commitment.customer, [...(due.get(commitment.customer) ?? []), reason])
  }
  return due
}

/** Whom to see next, and why: own territories, what was promised, who is near, who was not seen for long. */
export function suggest(day: Day, known: Directory, member: Member, here?: Here): Suggestion[] {
  const taken = new Set([...day.planned, ...day.done].map((line) => line.visit.customer))
  const due = dueByCustomer(day)
  const own = new Set(member.territories)
  const candidates: Candidate[] = []
  for (const customer of known.customers.values()) {
    const promised = due.get(customer.id) ?? []
    if (taken.has(customer.id) || (promised.length === 0 && !own.has(customer.territory))) continue
    const found = candidate(customer, known, promised, day, here)
    if (found !== undefined) candidates.push(found)
  }
  const sooner = (a: Candidate, b: Candidate) =>
    a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || compare(a.customer.name, b.customer.name)
  return candidates.sort(sooner).slice(0, MOST_SUGGESTED).map(({ rank: _, ...suggestion }) => suggestion)
}
