import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { forgotten } from './recurring'
import { standing } from './ticketGround'
import { withdraws } from './ticketRights'
import { stepped } from './ticketStep'

export const withdrawTicket: Reducer<'ticket.withdraw'> = ({ at, args }, ground) => {
  const ticket = standing(args.ticket, ground)
  if (ticket === undefined || ticket.state === 'closed' || !withdraws(ticket, ground)) return NOTHING
  const withdrawn = stepped({ ...ticket, withdrawn_at: utc(at) }, at, ground, { event: 'withdrawn' })
  return { ticket: [withdrawn], ...forgotten(ticket, ground) }
}
