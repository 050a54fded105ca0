import { choiceOrNull, flag, isFields, numberOrNull, text, textOrNull, type Fields } from './fields'

export const STEP_EVENTS = [
  'opened',
  'assigned',
  'waiting',
  'resumed',
  'responded',
  'solved',
  'reopened',
  'closed',
  'withdrawn',
] as const
export type StepEvent = (typeof STEP_EVENTS)[number]

/** What a ticket waits for. */
export const WAITS_FOR = ['customer', 'us', 'parts'] as const
export type WaitsFor = (typeof WAITS_FOR)[number]

/** What somebody decided to count by where a clock was off: the phone's time, corrected, or the server's. */
export const REVIEWS = ['phone', 'server'] as const
export type Review = (typeof REVIEWS)[number]

/** Something that happened to a ticket: who, when by their clock, and when it counts. */
export interface Step {
  /** Empty until the server has it, as are its times of counting and receiving. */
  id: string
  event: StepEvent
  member: string | null
  assignee: string | null
  waits_for: WaitsFor | null
  note: string
  counts_at: string
  skew_s: number | null
  is_in_review: boolean
  review: Review | null
  reviewed_by: string | null
  made_at: string
  received_at: string
}

/** One of a later version tells nothing here, rather than something else. */
function readStep(f: Fields): Step | undefined {
  const event = choiceOrNull(f, 'event', STEP_EVENTS)
  if (event === null) return undefined
  return {
    id: text(f, 'id'),
    event,
    member: textOrNull(f, 'member'),
    assignee: textOrNull(f, 'assignee'),
    waits_for: choiceOrNull(f, 'waits_for', WAITS_FOR),
    note: text(f, 'note'),
    counts_at: text(f, 'counts_at'),
    skew_s: numberOrNull(f, 'skew_s'),
    is_in_review: flag(f, 'is_in_review'),
    review: choiceOrNull(f, 'review', REVIEWS),
    reviewed_by: textOrNull(f, 'reviewed_by'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

export function readSteps({ steps }: Fields): Step[] {
  return Array.isArray(steps) ? steps.filter(isFields).flatMap((one) => readStep(one) ?? []) : []
}

/** When it happened, as far as this phone can say. */
export function happenedAt({ counts_at, made_at }: Step): string {
  return counts_at === '' ? made_at : counts_at
}
