import type { Saved } from './refusal'
import { save } from './save'

/** It was no ticket at all. Also the Undo after it was opened: that stays in the outbox, and the ticket is withdrawn. */
export async function withdrawTicket({ ticket }: { ticket: string }): Promise<Saved> {
  return save('ticket.withdraw', { ticket }, ticket)
}
