import { choice, choiceOrNull, flag, numberOrNull, text, textOrNull, texts, type Fields } from './fields'

export const CHANNELS = ['visit', 'phone', 'video'] as const
export type Channel = (typeof CHANNELS)[number]

export const OUTCOMES = ['progress', 'no_change', 'problem', 'not_met'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const VISIT_STATES = ['planned', 'started', 'finished', 'missed', 'cancelled'] as const
export type VisitState = (typeof VISIT_STATES)[number]

export const VERDICTS = ['verified', 'out_of_range', 'no_fix', 'logged_later'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Visit {
  id: string
  customer: string
  site: string | null
  member: string
  participants: string[]
  contact: string | null
  product: string | null
  channel: Channel
  state: VisitState
  /** day, 2026-11-24 */
  planned_for: string | null
  /** clock time, 09:30 */
  planned_time: string | null
  plan_note: string
  arrived_at: string | null
  verdict: Verdict | null
  /** metres, rounded to ten */
  distance_m: number | null
  accuracy_m: number | null
  /** seconds */
  fix_age_s: number | null
  outcome: Outcome | null
  note: string
  minutes: number | null
  is_estimated: boolean
  logged_at: string | null
  amended_at: string | null
  amend_reason: string
  cancelled_at: string | null
  withdrawn_at: string | null
  withdraw_reason: string
  flags: string[]
  skew_s: number | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readVisit(id: string, f: Fields): Visit {
  return {
    id,
    customer: text(f, 'customer'),
    site: textOrNull(f, 'site'),
    member: text(f, 'member'),
    participants: texts(f, 'participants'),
    contact: textOrNull(f, 'contact'),
    product: textOrNull(f, 'product'),
    channel: choice(f, 'channel', CHANNELS, 'visit'),
    state: choice(f, 'state', VISIT_STATES, 'planned'),
    planned_for: textOrNull(f, 'planned_for'),
    planned_time: textOrNull(f, 'planned_time'),
    plan_note: text(f, 'plan_note'),
    arrived_at: textOrNull(f, 'arrived_at'),
    verdict: choiceOrNull(f, 'verdict', VERDICTS),
    distance_m: numberOrNull(f, 'distance_m'),
    accuracy_m: numberOrNull(f, 'accuracy_m'),
    fix_age_s: numberOrNull(f, 'fix_age_s'),
    outcome: choiceOrNull(f, 'outcome', OUTCOMES),
    note: text(f, 'note'),
    minutes: numberOrNull(f, 'minutes'),
    is_estimated: flag(f, 'is_estimated'),
    logged_at: textOrNull(f, 'logged_at'),
    amended_at: textOrNull(f, 'amended_at'),
    amend_reason: text(f, 'amend_reason'),
    cancelled_at: textOrNull(f, 'cancelled_at'),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    withdraw_reason: text(f, 'withdraw_reason'),
    flags: texts(f, 'flags'),
    skew_s: numberOrNull(f, 'skew_s'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

/** Still to be done: planned or started, and not withdrawn. */
export function isOpen(visit: Visit): boolean {
  return visit.withdrawn_at === null && (visit.state === 'planned' || visit.state === 'started')
}

/** Somebody is there, or was. */
export function hasBegun(visit: Visit): boolean {
  return visit.withdrawn_at === null && (visit.state === 'started' || visit.state === 'finished')
}
