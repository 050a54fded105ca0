import { derived } from 'svelte/store'
import type { Phone } from '../db/schema'
import { newestVisits } from '../db/visits'
import type { Comment } from '../shapes/comment'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Kind } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Product } from '../shapes/product'
import type { Site } from '../shapes/site'
import type { Visit } from '../shapes/visit'
import { readDay, type Day } from './day'
import { directory } from './directory'
import type { CommitmentLine, EntryState, Parked, VisitLine } from './lines'
import { liveRead, type Live } from './live'
import { happenedAt, newestFirst } from './order'
import { over } from './over'
import { readProjection } from './projection'
import { shownCustomers } from './shared'
import { suggest } from './suggest'
import { readVisitCard } from './visitCard'

export interface CommentLine {
  comment: Comment
  author?: Member
  entryState: EntryState
  isMine: boolean
}

export interface VisitCard {
  visit: Visit
  customer?: Customer
  site?: Site
  contact?: Contact
  product?: Product
  author?: Member
  /** oldest first, withdrawn ones too */
  comments: CommentLine[]
  commitments: CommitmentLine[]
  entryState: EntryState
  /** kinds of the entries of this phone that are not settled yet */
  pendingKinds: Kind[]
  parked?: Parked
  isMine: boolean
}

export interface Stop extends VisitLine {
  commitmentsDue: CommitmentLine[]
}

export type Reason =
  | { code: 'commitment_due'; commitment: string; due_on: string }
  | { code: 'long_unseen'; days: number }
  | { code: 'never_visited' }
  | { code: 'near'; metres: number }

export interface Suggestion {
  customer: Customer
  site?: Site
  reasons: Reason[]
}

export interface Today {
  date: string
  /** open visits of mine for the day, by time; those without a time come last */
  planned: Stop[]
  suggested: Suggestion[]
  /** mine, open, due on the day or before */
  commitmentsDue: CommitmentLine[]
  /** newest first */
  done: VisitLine[]
}

export interface Here {
  latitude: number
  longitude: number
}

/** undefined while loading, null when this phone does not hold the visit. */
export function visitCard(id: string): Live<VisitCard | null | undefined> {
  return liveRead((db) => readVisitCard(db, id))
}

interface OwnDay extends Day {
  actor: Member
}

/** A day of mine. Suggestions join when the directory is ready; with a place, whoever is near comes first. */
export function today(date: string, here?: Here): Live<Today | undefined> {
  const day: Live<OwnDay | undefined> = liveRead(async (db) => ({
    ...(await readDay(db, date)),
    actor: (await readProjection(db)).actor,
  }))
  return derived([day, directory], ([own, known]) => {
    if (own === undefined) return undefined
    const { actor, timeZone: _, ...rest } = own
    return { ...rest, suggested: known === undefined ? [] : suggest(own, known, actor, here) }
  })
}

/** An entry that waits may withdraw the newest ones. */
const ENOUGH = 5

async function readLastSeen(db: Phone): Promise<Customer | null> {
  const projection = await readProjection(db)
  const { actor, overlay } = projection
  const isMine = (visit: Visit) => visit.member === actor.id && visit.withdrawn_at === null && happenedAt(visit) !== ''
  const [newest] = over(await newestVisits(db, ENOUGH, isMine), overlay.visit, isMine).sort(newestFirst)
  return newest === undefined ? null : ((await shownCustomers(db, projection, [newest.customer])).get(newest.customer) ?? null)
}

/** The customer of the newest own visit: who the next record is probably about. */
export function lastSeenCustomer(): Live<Customer | null | undefined> {
  return liveRead(readLastSeen)
}
