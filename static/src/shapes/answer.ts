import { choice, flag, text, textOrNull, type Fields } from './fields'

export const ANSWERS = ['yes', 'no', 'unknown'] as const
export type AnswerValue = (typeof ANSWERS)[number]

/** What a customer answered. Of several by one customer the last one counts; none is lost. */
export interface Answer {
  id: string
  asking: string
  customer: string
  visit: string | null
  member: string
  value: AnswerValue
  line: string
  /** the question had been withdrawn when it came */
  is_late: boolean
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readAnswer(id: string, f: Fields): Answer {
  return {
    id,
    asking: text(f, 'asking'),
    customer: text(f, 'customer'),
    visit: textOrNull(f, 'visit'),
    member: text(f, 'member'),
    value: choice(f, 'value', ANSWERS, 'unknown'),
    line: text(f, 'line'),
    is_late: flag(f, 'is_late'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}
