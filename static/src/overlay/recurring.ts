import { isWatchedOn, type Cause } from '../shapes/cause'
import type { Ticket } from '../shapes/ticket'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { dayOfTicket, standing } from './ticketGround'
import { worksOnTickets } from './ticketRights'

/** The cause after it happened again on this day. One that is still looked for stays that; any other is back. */
export function returned(cause: Cause, day: string): Cause {
  const { state, recurrences, last_recurred_on: last } = cause
  return {
    ...cause,
    state: state === 'finding' ? state : 'back',
    recurrences: recurrences + 1,
    last_recurred_on: last !== null && last > day ? last : day,
  }
}

/** Both after the ticket turned out to be the same again. */
export function comeBack(ticket: Ticket, cause: Cause, day: string): { ticket: Ticket; cause: Cause } {
  return { ticket: { ...ticket, cause: cause.id, is_recurrence: true }, cause: returned(cause, day) }
}

export const sayAgain: Reducer<'ticket.again'> = ({ args }, ground) => {
  const ticket = worksOnTickets(ground.actor) ? standing(args.ticket, ground) : undefined
  const cause = ground.cause(args.cause)
  if (ticket === undefined || ticket.cause !== null || cause?.customer !== ticket.customer) return NOTHING
  const day = dayOfTicket(ticket, ground)
  if (!isWatchedOn(cause, day)) return NOTHING
  const both = comeBack(ticket, cause, day)
  return { ticket: [both.ticket], cause: [both.cause] }
}

/** A ticket that was none is no recurrence: what its cause looks like without it. */
export function forgotten(withdrawn: Ticket, ground: Ground): Changed {
  const cause = withdrawn.cause === null || !withdrawn.is_recurrence ? undefined : ground.cause(withdrawn.cause)
  if (cause === undefined) return {}
  const isAgain = (one: Ticket) => one.cause === cause.id && one.is_recurrence && one.withdrawn_at === null
  const again = ground.all('ticket').filter((one) => one.id !== withdrawn.id && isAgain(one))
  const days = again.map((one) => dayOfTicket(one, ground)).sort()
  const isBack = again.some((one) => one.state !== 'closed')
  const isQuiet = cause.state === 'back' && !isBack && cause.watch_until !== null
  const counted = { recurrences: again.length, last_recurred_on: days.at(-1) ?? null }
  return { cause: [{ ...cause, ...counted, state: isQuiet ? 'watching' : cause.state }] }
}
