import type { LogVisit } from '../actions/logVisit'
import type { Step } from '../shapes/commitment'
import type { Channel, Outcome } from '../shapes/visit'

/** What is on the record screen and not yet saved. */
export interface RecordDraft {
  customer?: string
  /** the visit it belongs to; a new one without */
  visit?: string
  site?: string
  outcome?: Outcome
  step?: Step
  dueOn?: string
  stepText: string
  note: string
  contact?: string
  product?: string
  minutes?: number
  channel: Channel
}

export const NOTE_MAX = 4000
export const STEP_TEXT_MAX = 500

export function emptyDraft(): RecordDraft {
  return { note: '', stepText: '', channel: 'visit' }
}

/** Nothing of the person's own is in it: the customer was filled in for them. */
export function isUntouched(draft: RecordDraft): boolean {
  return (
    draft.note.trim() === '' &&
    draft.stepText.trim() === '' &&
    draft.channel === 'visit' &&
    [draft.outcome, draft.step, draft.contact, draft.product, draft.minutes].every((value) => value === undefined)
  )
}

/** Customer and outcome are all that is needed; a text that is too long is said at its field. */
export function canSave(draft: RecordDraft): boolean {
  const fits = draft.note.length <= NOTE_MAX && draft.stepText.length <= STEP_TEXT_MAX
  return fits && draft.customer !== undefined && draft.outcome !== undefined
}

/** The action's arguments. Minutes are only an estimate, so an arrival makes them unnecessary. */
export function toLogVisit(draft: RecordDraft, hasArrived: boolean): LogVisit | undefined {
  if (!draft.customer || !draft.outcome) return undefined
  const note = draft.note.trim()
  const text = draft.stepText.trim()
  return {
    customer: draft.customer,
    outcome: draft.outcome,
    ...(draft.visit ? { visit: draft.visit } : {}),
    ...(draft.site ? { site: draft.site } : {}),
    ...(draft.channel !== 'visit' ? { channel: draft.channel } : {}),
    ...(note ? { note } : {}),
    ...(draft.contact ? { contact: draft.contact } : {}),
    ...(draft.product ? { product: draft.product } : {}),
    ...(draft.minutes !== undefined && !hasArrived ? { minutes: draft.minutes } : {}),
    ...(draft.step && draft.dueOn
      ? { nextStep: { step: draft.step, dueOn: draft.dueOn, ...(text ? { text } : {}) } }
      : {}),
  }
}
