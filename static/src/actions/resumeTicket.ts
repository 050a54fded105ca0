import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface ResumeTicket {
  ticket: string
  note?: string
}

/** What it waited for has come. */
export async function resumeTicket({ ticket, note }: ResumeTicket): Promise<Saved> {
  return save('ticket.resume', given<KindArgs['ticket.resume']>({ ticket, note }), ticket)
}
