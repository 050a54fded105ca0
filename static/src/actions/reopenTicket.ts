import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface ReopenTicket {
  ticket: string
  note?: string
}

/** It does not work after all. Also the Undo after it was solved. */
export async function reopenTicket({ ticket, note }: ReopenTicket): Promise<Saved> {
  return save('ticket.reopen', given<KindArgs['ticket.reopen']>({ ticket, note }), ticket)
}
