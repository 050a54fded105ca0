import type { Saved } from './refusal'
import { save } from './save'

export interface LinkTickets {
  ticket: string
  other: string
}

/** Whoever looks at one of them should know of the other. */
export async function linkTickets({ ticket, other }: LinkTickets): Promise<Saved> {
  return save('ticket.link', { ticket, other }, ticket)
}
