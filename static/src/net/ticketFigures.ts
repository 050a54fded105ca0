import { readTicketFigures, type TicketFigures } from '../shapes/ticketFigures'
import { send } from './http'
import { understood, type Understood } from './understood'

export async function getTicketFigures(): Promise<Understood<TicketFigures>> {
  return understood(await send({ method: 'GET', path: '/api/v1/tickets/figures/' }), readTicketFigures)
}
