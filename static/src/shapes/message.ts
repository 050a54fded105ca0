import { choice, text, textOrNull, type Fields } from './fields'

export const AUDIENCES = ['internal', 'customer'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Something written about a ticket: among colleagues, or as it was said to the customer. */
export interface Message {
  id: string
  ticket: string
  member: string
  audience: Audience
  text: string
  withdrawn_at: string | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readMessage(id: string, f: Fields): Message {
  return {
    id,
    ticket: text(f, 'ticket'),
    member: text(f, 'member'),
    audience: choice(f, 'audience', AUDIENCES, 'internal'),
    text: text(f, 'text'),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}
