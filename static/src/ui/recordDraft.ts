import type { LogVisit } from '../actions/logVisit'
import type { NoteNeed } from '../actions/noteNeed'
import type { OpenTicket } from '../actions/openTicket'
import type { AnswerValue } from '../shapes/answer'
import type { Step } from '../shapes/commitment'
import type { Severity } from '../shapes/ticket'
import type { Channel, Outcome } from '../shapes/visit'
import type { How } from '../shapes/voice'
import type { RecordAs } from '../store/device'

/** A customer's answer to a question that waits there, and what they said besides. */
export interface Answered {
  value: AnswerValue
  line: string
}

/** What is on the record screen and not yet saved. */
export interface RecordDraft {
  as?: RecordAs
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
  /** what the customer said they want */
  said: string
  how?: How
  importance?: number
  theme?: string
  /** the known need that it tells of */
  sameAs?: string
  /** words about what they were seen to do */
  seen: string
  /** what is wrong */
  wrong: string
  severity?: Severity
  category?: string
  /** what it is called: all there is to tell where nothing was typed */
  categoryName?: string
  asset?: string
  assignee?: string
  /** the cause that came back */
  again?: string
  /** asking → answer */
  answers: Readonly<Record<string, Answered>>
}

export const NOTE_MAX = 4000
export const STEP_TEXT_MAX = 500

export function emptyDraft(): RecordDraft {
  return { note: '', stepText: '', channel: 'visit', said: '', seen: '', wrong: '', answers: {} }
}

/** Nothing of the person's own is in it: the customer was filled in for them. */
export function isUntouched(draft: RecordDraft): boolean {
  return (
    [draft.note, draft.stepText, draft.said, draft.seen, draft.wrong].every((text) => text.trim() === '') &&
    draft.channel === 'visit' &&
    Object.keys(draft.answers).length === 0 &&
    [draft.outcome, draft.step, draft.contact, draft.product, draft.minutes, draft.how, draft.importance, draft.theme, draft.sameAs].every(
      (value) => value === undefined,
    ) &&
    [draft.severity, draft.category, draft.asset, draft.assignee, draft.again].every((value) => value === undefined)
  )
}

/** What there must be: of a visit customer and outcome, of a need customer and words; a ticket's category tells what is
    wrong as well. What is seen saves itself. */
export function canSave(draft: RecordDraft): boolean {
  if (draft.as === 'need') return draft.customer !== undefined && draft.said.trim() !== '' && draft.said.length <= NOTE_MAX
  if (draft.as === 'ticket') {
    const isTold = draft.wrong.trim() !== '' || draft.category !== undefined
    return draft.customer !== undefined && isTold && draft.wrong.length <= NOTE_MAX
  }
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

/** The action's arguments for a need, with the place the record is about. */
export function toNoteNeed(draft: RecordDraft): NoteNeed | undefined {
  const text = draft.said.trim()
  if (!draft.customer || text === '') return undefined
  return {
    customer: draft.customer,
    text,
    ...(draft.visit ? { visit: draft.visit } : {}),
    ...(draft.site ? { site: draft.site } : {}),
    ...(draft.contact ? { contact: draft.contact } : {}),
    ...(draft.product ? { product: draft.product } : {}),
    ...(draft.how ? { how: draft.how } : {}),
    ...(draft.importance !== undefined ? { importance: draft.importance } : {}),
    ...(draft.sameAs ? { need: draft.sameAs } : draft.theme ? { theme: draft.theme } : {}),
  }
}

/** The action's arguments for a ticket. Without words of its own it is told by the name of its category. */
export function toOpenTicket(draft: RecordDraft): OpenTicket | undefined {
  const text = draft.wrong.trim() || (draft.categoryName ?? '')
  if (!draft.customer || text === '') return undefined
  return {
    customer: draft.customer,
    text,
    ...(draft.severity ? { severity: draft.severity } : {}),
    ...(draft.category ? { category: draft.category } : {}),
    ...(draft.visit ? { visit: draft.visit } : {}),
    ...(draft.site ? { site: draft.site } : {}),
    ...(draft.asset ? { asset: draft.asset } : {}),
    ...(draft.contact ? { contact: draft.contact } : {}),
    ...(draft.product ? { product: draft.product } : {}),
    ...(draft.assignee ? { assignee: draft.assignee } : {}),
    ...(draft.again ? { again: draft.again } : {}),
  }
}
