import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface AssignTicket {
  ticket: string
  /** null: back to all */
  assignee: string | null
  note?: string
}

export async function assignTicket({ ticket, assignee, note }: AssignTicket): Promise<Saved> {
  return save('ticket.assign', given<KindArgs['ticket.assign']>({ ticket, assignee, note }), ticket)
}
