/** How the list of tickets is looked at. */
export const TICKET_VIEWS = ['mine', 'nearby', 'overdue', 'all'] as const
export type TicketView = (typeof TICKET_VIEWS)[number]
