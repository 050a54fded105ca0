import { text, textOrNull, type Fields } from './fields'

export interface Comment {
  id: string
  visit: string
  member: string
  text: string
  withdrawn_at: string | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readComment(id: string, f: Fields): Comment {
  return {
    id,
    visit: text(f, 'visit'),
    member: text(f, 'member'),
    text: text(f, 'text'),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}
