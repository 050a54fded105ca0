import type { Saved } from './refusal'
import { save } from './save'

/** I work on this one. */
export async function takeTicket({ ticket }: { ticket: string }): Promise<Saved> {
  return save('ticket.take', { ticket }, ticket)
}
