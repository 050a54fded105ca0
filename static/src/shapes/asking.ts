import { text, textOrNull, type Fields } from './fields'

/** A question, to be asked of one customer. It carries the text: whoever stands there needs nothing else. */
export interface Asking {
  id: string
  question: string
  customer: string
  need: string
  text: string
  /** who asks */
  member: string
  closed_at: string | null
}

export function readAsking(id: string, f: Fields): Asking {
  return {
    id,
    question: text(f, 'question'),
    customer: text(f, 'customer'),
    need: text(f, 'need'),
    text: text(f, 'text'),
    member: text(f, 'member'),
    closed_at: textOrNull(f, 'closed_at'),
  }
}
