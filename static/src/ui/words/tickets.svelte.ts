import { say } from './index.svelte'
import { enTickets } from './tickets.en'
import { koTickets } from './tickets.ko'

export type TicketWords = typeof koTickets

/** The words about tickets, in the language of this moment: they are fetched together with their screens. */
export function tk(): TicketWords {
  return say.language === 'ko' ? koTickets : enTickets
}
