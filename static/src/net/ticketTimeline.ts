import { readTimeline, type Timeline } from '../shapes/timeline'
import { send } from './http'
import { understood, type Understood } from './understood'

/** What each clock of a ticket did, as the server explains it now. */
export async function getTimeline(ticket: string): Promise<Understood<Timeline>> {
  return understood(await send({ method: 'GET', path: `/api/v1/tickets/${encodeURIComponent(ticket)}/timeline/` }), readTimeline)
}
