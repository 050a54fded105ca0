import { choice, text, textOrNull, type Fields } from './fields'

export const STEPS = ['revisit', 'material', 'quote', 'order', 'other'] as const
export type Step = (typeof STEPS)[number]

export const COMMITMENT_STATES = ['open', 'kept', 'withdrawn'] as const
export type CommitmentState = (typeof COMMITMENT_STATES)[number]

export interface Commitment {
  id: string
  customer: string
  visit: string | null
  member: string
  step: Step
  text: string
  /** day, 2026-11-24 */
  due_on: string
  state: CommitmentState
  kept_at: string | null
  kept_note: string
  moved_from: string | null
  move_reason: string
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readCommitment(id: string, f: Fields): Commitment {
  return {
    id,
    customer: text(f, 'customer'),
    visit: textOrNull(f, 'visit'),
    member: text(f, 'member'),
    step: choice(f, 'step', STEPS, 'other'),
    text: text(f, 'text'),
    due_on: text(f, 'due_on'),
    state: choice(f, 'state', COMMITMENT_STATES, 'open'),
    kept_at: textOrNull(f, 'kept_at'),
    kept_note: text(f, 'kept_note'),
    moved_from: textOrNull(f, 'moved_from'),
    move_reason: text(f, 'move_reason'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}
