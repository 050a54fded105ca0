import type { Comment } from '../shapes/comment'
import type { Commitment } from '../shapes/commitment'
import type { Entry } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Site } from '../shapes/site'
import type { Team } from '../shapes/team'
import type { Visit } from '../shapes/visit'
import type { Ground } from './ground'
import { reduce } from './reduce'

/** Base rows that the waiting entries speak of. */
export interface Base {
  actor: Member
  visits: readonly Visit[]
  commitments: readonly Commitment[]
  comments: readonly Comment[]
  sites: ReadonlyMap<string, Site>
  members: ReadonlyMap<string, Member>
  teams: ReadonlyMap<string, Team>
}

/** Rows that differ from the base while entries wait. */
export interface Overlay {
  visit: Map<string, Visit>
  commitment: Map<string, Commitment>
  comment: Map<string, Comment>
}

export function emptyOverlay(): Overlay {
  return { visit: new Map(), commitment: new Map(), comment: new Map() }
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]))
}

/** Base rows and waiting entries, in order of n, give the rows as the server will render them. */
export function lay(base: Base, entries: readonly Entry[]): Overlay {
  const overlay = emptyOverlay()
  const visits = byId(base.visits)
  const commitments = byId(base.commitments)
  const comments = byId(base.comments)
  const ground: Ground = {
    actor: base.actor,
    visit: (id) => overlay.visit.get(id) ?? visits.get(id),
    commitment: (id) => overlay.commitment.get(id) ?? commitments.get(id),
    comment: (id) => overlay.comment.get(id) ?? comments.get(id),
    commitmentsOf: (visit) => [...new Map([...commitments, ...overlay.commitment]).values()].filter((row) => row.visit === visit),
    site: (id) => base.sites.get(id),
    member: (id) => base.members.get(id),
    team: (id) => base.teams.get(id),
  }
  for (const entry of entries) {
    const changed = reduce(entry, ground)
    changed.visit?.forEach((row) => overlay.visit.set(row.id, row))
    changed.commitment?.forEach((row) => overlay.commitment.set(row.id, row))
    changed.comment?.forEach((row) => overlay.comment.set(row.id, row))
  }
  return overlay
}
