import type { Tally } from '../../shapes/tally'

const HALF_LIFE_DAYS = 180
const DAY_MS = 86_400_000

/** What a need weighs, and what makes it weigh that: weight = importance x customers x recency x diversity. */
export interface Weight {
  weight: number
  /** the mean over customers of what those who reported it say of it, 0.5 to 3 */
  importance: number
  /** how many distinct ones ask for it */
  customers: number
  /** 1 where all asked just now, half of it after 180 days */
  recency: number
  reporters: number
  /** one reporter 0.5, two 0.75, three and more 1: whoever says it again and again weighs no more than once */
  diversity: number
}

export type Parts = Pick<Tally, 'importance' | 'customers' | 'recency' | 'reporters' | 'heard_at'>

const NOTHING: Parts = { importance: 0, customers: 0, recency: 0, reporters: 0, heard_at: null }

function diversityOf(reporters: number): number {
  return Math.min(1, (1 + reporters) / 4)
}

/** The server's formula once more (needs/weighing.py): the parts it added up fade from the moment of the newest voice on. */
export function weightAt(tally: Parts | undefined, now: number): Weight {
  const { importance, customers, recency: then, reporters, heard_at } = tally ?? NOTHING
  const age = heard_at === null ? 0 : Math.max(now - Date.parse(heard_at), 0) / DAY_MS
  const recency = heard_at === null ? 0 : then * 0.5 ** (age / HALF_LIFE_DAYS)
  const diversity = diversityOf(reporters)
  return { weight: importance * customers * recency * diversity, importance, customers, recency, reporters, diversity }
}
