import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import type { Commitment } from '../shapes/commitment'
import { rowKey } from '../shapes/touches'
import type { Visit } from '../shapes/visit'
import type { CommitmentLine, EntryState, Parked, VisitLine } from './lines'
import { present } from './present'
import type { Projection } from './projection'
import { shownById, shownCustomers } from './shared'

interface Mark {
  entryState: EntryState
  parked?: Parked
  isMine: boolean
}

/** How a row stands between this phone and the server. */
export function markOf(projection: Projection, key: string, member: string): Mark {
  const standing = projection.standings.get(key)
  return {
    entryState: standing?.state ?? 'applied',
    ...(standing?.parked === undefined ? {} : { parked: standing.parked }),
    isMine: member === projection.actor.id,
  }
}

export async function visitLines(db: Phone, projection: Projection, visits: readonly Visit[]): Promise<VisitLine[]> {
  const customers = await shownCustomers(db, projection, visits.map((visit) => visit.customer))
  const sites = await shownById(db, projection, 'site', visits.flatMap((visit) => visit.site ?? []))
  const authors = await byId(db, 'member', visits.map((visit) => visit.member))
  return visits.map((visit) => ({
    visit,
    ...markOf(projection, rowKey('visit', visit.id), visit.member),
    ...present<Pick<VisitLine, 'customer' | 'site' | 'author'>>({
      customer: customers.get(visit.customer),
      site: visit.site === null ? undefined : sites.get(visit.site),
      author: authors.get(visit.member),
    }),
  }))
}

export async function commitmentLines(db: Phone, projection: Projection, rows: readonly Commitment[]): Promise<CommitmentLine[]> {
  const customers = await shownCustomers(db, projection, rows.map((row) => row.customer))
  const members = await byId(db, 'member', rows.map((row) => row.member))
  return rows.map((commitment) => ({
    commitment,
    ...markOf(projection, rowKey('commitment', commitment.id), commitment.member),
    ...present<Pick<CommitmentLine, 'customer' | 'member'>>({
      customer: customers.get(commitment.customer),
      member: members.get(commitment.member),
    }),
  }))
}
