import type { LinkTickets } from './linkTickets'
import type { Saved } from './refusal'
import { save } from './save'

export async function unlinkTickets({ ticket, other }: LinkTickets): Promise<Saved> {
  return save('ticket.unlink', { ticket, other }, ticket)
}
