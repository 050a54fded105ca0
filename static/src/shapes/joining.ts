import { choice, text, textOrNull, type Fields } from './fields'

export const JOINING_STATES = ['asked', 'accepted', 'refused', 'withdrawn', 'went', 'off'] as const
export type JoiningState = (typeof JOINING_STATES)[number]

/** Somebody asks to come along on a planned visit, to see for themselves. */
export interface Joining {
  id: string
  visit: string
  member: string
  need: string | null
  note: string
  state: JoiningState
  answered_at: string | null
  answer_note: string
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readJoining(id: string, f: Fields): Joining {
  return {
    id,
    visit: text(f, 'visit'),
    member: text(f, 'member'),
    need: textOrNull(f, 'need'),
    note: text(f, 'note'),
    state: choice(f, 'state', JOINING_STATES, 'off'),
    answered_at: textOrNull(f, 'answered_at'),
    answer_note: text(f, 'answer_note'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

/** Still to be answered, or still to come. */
export function isUpcoming({ state }: Joining): boolean {
  return state === 'asked' || state === 'accepted'
}
