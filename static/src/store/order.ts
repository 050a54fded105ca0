import type { Asset } from '../shapes/asset'
import type { Commitment } from '../shapes/commitment'
import type { Visit } from '../shapes/visit'

/** When a visit happened: logged, else arrived. Empty while it has not. */
export function happenedAt(visit: Visit): string {
  return visit.logged_at ?? visit.arrived_at ?? ''
}

function latest(visit: Visit): string {
  return happenedAt(visit) || visit.planned_for || visit.made_at
}

/** Negative, zero or positive. By code units: times and days in one form sort as text. */
export function compare(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0
}

export function newestFirst(first: Visit, second: Visit): number {
  return compare(latest(second), latest(first)) || compare(second.id, first.id)
}

/** By clock time; what has none comes last, in the order it was planned. */
export function byPlannedTime(first: Visit, second: Visit): number {
  return compare(first.planned_time ?? '~', second.planned_time ?? '~') || compare(first.id, second.id)
}

/** What is open first, by the day it is due. */
export function openFirst(first: Commitment, second: Commitment): number {
  const rank = (commitment: Commitment) => (commitment.state === 'open' ? 0 : 1)
  return rank(first) - rank(second) || compare(first.due_on, second.due_on) || compare(first.id, second.id)
}

export function byName(first: Asset, second: Asset): number {
  return compare(first.name, second.name) || compare(first.serial, second.serial) || compare(first.tag, second.tag) || compare(first.id, second.id)
}
