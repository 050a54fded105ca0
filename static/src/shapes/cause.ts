import { choice, number, text, textOrNull, type Fields } from './fields'

export const CAUSE_STATES = ['finding', 'watching', 'back', 'proved'] as const
export type CauseState = (typeof CAUSE_STATES)[number]

/** Why a ticket happened, what keeps it from happening again, and until when that is watched. */
export interface Cause {
  id: string
  customer: string
  site: string | null
  asset: string | null
  /** who answers for it */
  member: string
  chip: string | null
  text: string
  countermeasure: string
  state: CauseState
  /** days by the organization's calendar; both ends of the window are in it */
  finding_due_on: string | null
  watch_from: string | null
  watch_until: string | null
  recurrences: number
  last_recurred_on: string | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readCause(id: string, f: Fields): Cause {
  return {
    id,
    customer: text(f, 'customer'),
    site: textOrNull(f, 'site'),
    asset: textOrNull(f, 'asset'),
    member: text(f, 'member'),
    chip: textOrNull(f, 'chip'),
    text: text(f, 'text'),
    countermeasure: text(f, 'countermeasure'),
    // One of a later version asks nothing of anybody.
    state: choice(f, 'state', CAUSE_STATES, 'proved'),
    finding_due_on: textOrNull(f, 'finding_due_on'),
    watch_from: textOrNull(f, 'watch_from'),
    watch_until: textOrNull(f, 'watch_until'),
    recurrences: number(f, 'recurrences'),
    last_recurred_on: textOrNull(f, 'last_recurred_on'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

/** Whether what happens on this day is the same again, and not something new. */
export function isWatchedOn({ watch_until }: Pick<Cause, 'watch_until'>, day: string): boolean {
  return watch_until === null || day <= watch_until
}
