import type { Member } from '../shapes/member'
import type { Outcome } from '../shapes/visit'
import type { Territory } from '../shapes/territory'
import type { VisitLine } from './lines'
import type { Live } from './live'

export interface FeedItem extends VisitLine {
  /** when it happened: logged, else arrived */
  happenedAt: string
  territory?: Territory
  comments: number
}

export interface FeedFilter {
  territory?: string
  outcome?: Outcome
}

export interface FeedState {
  items: FeedItem[]
  /** how many newer ones wait until the reader asks for them */
  fresh: number
  hasMore: boolean
}

export interface FreshMember {
  memberId: string
  member?: Member
  lastContactAt?: string
  pending: number
  isSilent: boolean
}

export interface Freshness {
  asOf: string
  silentAfterS: number
  total: number
  silent: number
  waiting: number
  members: FreshMember[] | null
}

export declare function feed(filter: FeedFilter): Live<FeedState | undefined>
/** Lets the waiting items in. */
export declare function showFresh(): void
/** Makes the feed longer. */
export declare function showMore(): void
export declare const freshness: Live<Freshness | undefined>
export declare function refreshFreshness(): Promise<void>
