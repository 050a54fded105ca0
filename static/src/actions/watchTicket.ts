import type { Saved } from './refusal'
import { save } from './save'

/** I want to hear of it, wherever the customer is. */
export async function watchTicket({ ticket }: { ticket: string }): Promise<Saved> {
  return save('ticket.watch', { ticket }, ticket)
}
