import { currentPhone } from '../../db/current'
import { readMeta, writeMeta } from '../../db/meta'
import type { Phone } from '../../db/schema'
import { getTicketFigures } from '../../net/ticketFigures'
import { readTicketFigures, type TicketFigures } from '../../shapes/ticketFigures'
import { live, type Live } from '../live'

async function readKept(db: Phone): Promise<TicketFigures | undefined> {
  return readTicketFigures(await readMeta(db, 'ticket_figures'))
}

/** How well promises are kept and what comes back, as the server last counted it. */
export const ticketFigures: Live<TicketFigures | undefined> = live(readKept, undefined)

/** Asks the server anew; without a signal what was told before stays. */
export async function refreshTicketFigures(): Promise<void> {
  const phone = currentPhone()
  const answer = await getTicketFigures()
  if (phone === undefined || currentPhone() !== phone || answer.kind !== 'ok') return
  await writeMeta(phone, 'ticket_figures', { ...answer.message, as_of: new Date().toISOString() })
}
