import { get, writable } from 'svelte/store'
import { commentsOfVisits } from '../db/comments'
import { readMeta, writeMeta } from '../db/meta'
import { byId } from '../db/read'
import { currentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import { newestVisits } from '../db/visits'
import { getFreshness } from '../net/freshness'
import { readFreshness } from '../shapes/freshness'
import type { Member } from '../shapes/member'
import type { Territory } from '../shapes/territory'
import type { Outcome, Visit } from '../shapes/visit'
import { present } from './present'
import { Reading } from './reading'
import { visitLines } from './lineOf'
import type { VisitLine } from './lines'
import { live, liveRead, type Live } from './live'
import { compare, happenedAt } from './order'
import { over } from './over'
import { readProjection, type Projection } from './projection'
import { shownCustomers } from './shared'

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

const PAGE = 30
/** Room for what comes in while the feed is read. */
const AHEAD = 100

/** What the reader asked for: to see what is new, to see further back. */
const wish = writable({ showings: 0, pages: 1 })

function isShown(visit: Visit, filter: FeedFilter): boolean {
  const hasHappened = visit.state === 'started' || visit.state === 'finished'
  return hasHappened && visit.withdrawn_at === null && (filter.outcome === undefined || visit.outcome === filter.outcome)
}

async function inTerritory(
  db: Phone,
  projection: Projection,
  visits: readonly Visit[],
  territory: string | undefined,
): Promise<Visit[]> {
  if (territory === undefined) return [...visits]
  const customers = await shownCustomers(db, projection, visits.map((visit) => visit.customer))
  return visits.filter((visit) => customers.get(visit.customer)?.territory === territory)
}

async function newest(db: Phone, projection: Projection, filter: FeedFilter, limit: number): Promise<Visit[]> {
  const passes = (visit: Visit) => isShown(visit, filter)
  // A territory is a property of the customer: look further back for it.
  const reach = filter.territory === undefined ? limit : limit * 10
  const visits = over(await newestVisits(db, reach, passes), projection.overlay.visit, passes)
  const ordered = visits.sort((a, b) => compare(happenedAt(b), happenedAt(a)) || compare(b.id, a.id))
  return inTerritory(db, projection, ordered, filter.territory)
}

async function countComments(db: Phone, projection: Projection, visits: readonly Visit[]): Promise<Map<string, number>> {
  const ids = new Set(visits.map((visit) => visit.id))
  const base = await commentsOfVisits(db, [...ids])
  const counts = new Map<string, number>()
  for (const comment of over(base, projection.overlay.comment, (row) => ids.has(row.visit) && row.withdrawn_at === null)) {
    counts.set(comment.visit, (counts.get(comment.visit) ?? 0) + 1)
  }
  return counts
}

async function itemsOf(db: Phone, projection: Projection, visits: readonly Visit[]): Promise<FeedItem[]> {
  const lines = await visitLines(db, projection, visits)
  const territories = await byId(db, 'territory', lines.flatMap((line) => line.customer?.territory ?? []))
  const comments = await countComments(db, projection, visits)
  return lines.map((line) => ({
    ...line,
    happenedAt: happenedAt(line.visit),
    comments: comments.get(line.visit.id) ?? 0,
    ...present<Pick<FeedItem, 'territory'>>({ territory: territories.get(line.customer?.territory ?? '') }),
  }))
}

async function readFeed(db: Phone, filter: FeedFilter, reading: Reading): Promise<FeedState> {
  const { showings, pages } = get(wish)
  const projection = await readProjection(db)
  const visits = await newest(db, projection, filter, pages * PAGE + AHEAD)
  const seen = reading.admit(visits, { showings, limit: pages * PAGE, isMine: (visit) => visit.member === projection.actor.id })
  return { items: await itemsOf(db, projection, seen.shown), fresh: seen.fresh, hasMore: seen.hasMore }
}

/** Finished and started visits, newest first. What comes in while it is read waits behind `fresh`. */
export function feed(filter: FeedFilter): Live<FeedState | undefined> {
  const reading = new Reading()
  wish.update((wished) => ({ ...wished, pages: 1 }))
  return {
    subscribe(run) {
      // A wish asks the same query again: what it reads from memory no database change announces.
      let stop: () => void = () => undefined
      const leave = wish.subscribe(() => {
        stop()
        let isFirst = true
        stop = liveRead((db) => readFeed(db, filter, reading)).subscribe((state) => {
          // The list must not blink while it is asked again.
          if (state !== undefined || (isFirst && !reading.hasBegun)) run(state)
          isFirst = false
        }) as () => void
      })
      return () => {
        leave()
        stop()
      }
    },
  }
}

/** Lets the waiting items in. */
export function showFresh(): void {
  wish.update((wished) => ({ ...wished, showings: wished.showings + 1 }))
}

/** Makes the feed longer. */
export function showMore(): void {
  wish.update((wished) => ({ ...wished, pages: wished.pages + 1 }))
}

async function readCached(db: Phone): Promise<Freshness | undefined> {
  const answer = readFreshness(await readMeta(db, 'freshness'))
  if (answer === undefined) return undefined
  const members = await byId(db, 'member', answer.members?.map((one) => one.member) ?? [])
  return {
    asOf: answer.as_of,
    silentAfterS: answer.silent_after_s,
    total: answer.total,
    silent: answer.silent,
    waiting: answer.waiting,
    members:
      answer.members?.map((one) => ({
        memberId: one.member,
        pending: one.pending,
        isSilent: one.is_silent,
        ...present<Pick<FreshMember, 'member' | 'lastContactAt'>>({
          member: members.get(one.member),
          lastContactAt: one.last_contact_at ?? undefined,
        }),
      })) ?? null,
  }
}

/** Whose phones have reported, as of its time; kept for reading it offline. undefined for who may not see it. */
export const freshness: Live<Freshness | undefined> = live(readCached, undefined)

export async function refreshFreshness(): Promise<void> {
  const phone = currentPhone()
  const answer = await getFreshness()
  if (phone === undefined || currentPhone() !== phone) return
  if (answer.kind === 'ok') await writeMeta(phone, 'freshness', answer.message)
  const isForbidden = answer.kind === 'problem' && answer.code === 'not_permitted'
  if (isForbidden) await phone.meta.delete('freshness')
}

