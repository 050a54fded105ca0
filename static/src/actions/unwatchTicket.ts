import type { Saved } from './refusal'
import { save } from './save'

export async function unwatchTicket({ ticket }: { ticket: string }): Promise<Saved> {
  return save('ticket.unwatch', { ticket }, ticket)
}
