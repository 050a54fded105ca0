import { text, textOrNull, type Fields } from './fields'

/** A colleague is asked from the machine. The answer stands with the ticket. */
export interface Help {
  id: string
  ticket: string
  member: string
  /** who is asked */
  engineer: string
  text: string
  answer: string
  answered_by: string | null
  answered_at: string | null
  withdrawn_at: string | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readHelp(id: string, f: Fields): Help {
  return {
    id,
    ticket: text(f, 'ticket'),
    member: text(f, 'member'),
    engineer: text(f, 'engineer'),
    text: text(f, 'text'),
    answer: text(f, 'answer'),
    answered_by: textOrNull(f, 'answered_by'),
    answered_at: textOrNull(f, 'answered_at'),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

/** Still to be answered. */
export function isHelpOpen({ answered_at, withdrawn_at }: Help): boolean {
  return answered_at === null && withdrawn_at === null
}
