import { number, texts, textOrNull, type Fields } from './fields'

/** What the voices of a need add up to, those grouped under it counted in. The server alone adds up; its id is the need's. */
export interface Tally {
  id: string
  voices: number
  customers: number
  reporters: number
  importance: number
  /** at heard_at */
  recency: number
  /** when the newest voice came */
  heard_at: string | null
  observations: number
  /** members who saw it with their own eyes */
  witnesses: string[]
  to_tell: number
  told: number
  solved: number
  not_yet: number
  /** needs that may be the same, the likeliest first */
  alike: string[]
}

export function readTally(id: string, f: Fields): Tally {
  return {
    id,
    voices: number(f, 'voices'),
    customers: number(f, 'customers'),
    reporters: number(f, 'reporters'),
    importance: number(f, 'importance'),
    recency: number(f, 'recency'),
    heard_at: textOrNull(f, 'heard_at'),
    observations: number(f, 'observations'),
    witnesses: texts(f, 'witnesses'),
    to_tell: number(f, 'to_tell'),
    told: number(f, 'told'),
    solved: number(f, 'solved'),
    not_yet: number(f, 'not_yet'),
    alike: texts(f, 'alike'),
  }
}
