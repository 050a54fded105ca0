import { choice, text, textOrNull, type Fields } from './fields'
import { STAGES, type Stage } from './need'

export const REPLY_STATES = ['to_tell', 'told', 'solved', 'not_yet', 'withdrawn'] as const
export type ReplyState = (typeof REPLY_STATES)[number]

export const REPLY_ANSWERS = ['solved', 'not_yet'] as const
export type ReplyAnswer = (typeof REPLY_ANSWERS)[number]

/** What one customer hears of a need that was built or declined, and what they answer. It closes the loop. */
export interface Reply {
  id: string
  need: string
  /** built or declined */
  stage: Stage
  customer: string
  /** who is to tell them */
  member: string
  commitment: string | null
  /** what the customer reads */
  text: string
  state: ReplyState
  told_at: string | null
  told_by: string | null
  visit: string | null
  contact: string | null
  /** what the customer said to it */
  line: string
  answered_at: string | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readReply(id: string, f: Fields): Reply {
  return {
    id,
    need: text(f, 'need'),
    stage: choice(f, 'stage', STAGES, 'built'),
    customer: text(f, 'customer'),
    member: text(f, 'member'),
    commitment: textOrNull(f, 'commitment'),
    text: text(f, 'text'),
    // One of a later version asks nothing of anybody.
    state: choice(f, 'state', REPLY_STATES, 'withdrawn'),
    told_at: textOrNull(f, 'told_at'),
    told_by: textOrNull(f, 'told_by'),
    visit: textOrNull(f, 'visit'),
    contact: textOrNull(f, 'contact'),
    line: text(f, 'line'),
    answered_at: textOrNull(f, 'answered_at'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

/** Still to be told, or told and not answered. */
export function isLoopOpen({ state }: Reply): boolean {
  return state === 'to_tell' || state === 'told'
}
