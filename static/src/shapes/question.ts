import { number, text, textOrNull, type Fields } from './fields'

/** What an engineer wants to know of some customers, to be asked at the next visit there. */
export interface Question {
  id: string
  need: string
  member: string
  text: string
  withdrawn_at: string | null
  /** of how many customers it is asked, and what they answered so far */
  asked: number
  yes: number
  no: number
  unknown: number
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readQuestion(id: string, f: Fields): Question {
  return {
    id,
    need: text(f, 'need'),
    member: text(f, 'member'),
    text: text(f, 'text'),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    asked: number(f, 'asked'),
    yes: number(f, 'yes'),
    no: number(f, 'no'),
    unknown: number(f, 'unknown'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}
