import type { Cause } from '../shapes/cause'
import type { EntryOf, FoundOut } from '../shapes/entry'
import type { Ticket } from '../shapes/ticket'
import { addDays } from '../shapes/time'
import { NOTHING, type Ground, type Reducer } from './ground'
import { isOtherSort, workable } from './ticketGround'
import { worksOnTickets } from './ticketRights'
import { stepped } from './ticketStep'

const WATCH_DAYS = 90
const FINDING_DAYS = 5
const MOST_WATCH_DAYS = 5 * 366

/** Whether it says why it happened, and what keeps it from happening again. */
export function isCauseWhole({ chip, text, countermeasure }: Pick<Cause, 'chip' | 'text' | 'countermeasure'>): boolean {
  return (chip !== null || text !== '') && countermeasure !== ''
}

/** The cause, watched from this day on; undefined where something is missing. What was said of it before stays. */
function watched(cause: Cause, found: FoundOut, today: string): Cause | undefined {
  const until = found.watch_until ?? addDays(today, WATCH_DAYS)
  const what = { chip: found.chip ?? cause.chip, text: found.text || cause.text, countermeasure: found.countermeasure ?? '' }
  if (!isCauseWhole(what) || until < today || until > addDays(today, MOST_WATCH_DAYS)) return undefined
  return { ...cause, ...what, state: 'watching', finding_due_on: null, watch_from: today, watch_until: until }
}

/** What somebody supposes already is kept with it. */
function lookedFor(cause: Cause, supposed: FoundOut, today: string): Cause {
  const what = {
    chip: supposed.chip ?? cause.chip,
    text: supposed.text || cause.text,
    countermeasure: supposed.countermeasure || cause.countermeasure,
  }
  return { ...cause, ...what, state: 'finding', finding_due_on: addDays(today, FINDING_DAYS) }
}

/** One at the ticket's customer, or a new one; undefined where it is another customer's. */
function causeFor(ticket: Ticket, { at, args }: EntryOf<'ticket.close'>, ground: Ground): Cause | undefined {
  const known = ground.cause(args.cause)
  const { customer, site, asset } = ticket
  if (known !== undefined) return known.customer === customer ? known : undefined
  return {
    id: args.cause,
    customer,
    site,
    asset,
    member: ground.actor.id,
    chip: null,
    text: '',
    countermeasure: '',
    state: 'finding',
    finding_due_on: null,
    watch_from: null,
    watch_until: null,
    recurrences: 0,
    last_recurred_on: null,
    made_at: at,
    received_at: '',
  }
}

/** Said to be the same again, or opened again itself: what came back with a ticket is closed with it. */
function cameBackWith(ticket: Ticket, ground: Ground): boolean {
  return ticket.cause !== null && (ticket.is_recurrence || ground.cause(ticket.cause)?.state === 'back')
}

export const closeTicket: Reducer<'ticket.close'> = (entry, ground) => {
  const { at, args } = entry
  const ticket = workable(args.ticket, 'close', ground)
  if (ticket === undefined || isOtherSort('cause', args.chip, ground)) return NOTHING
  if (cameBackWith(ticket, ground) && ticket.cause !== args.cause) return NOTHING
  const before = causeFor(ticket, entry, ground)
  const today = ground.dayOf(at)
  const cause = before && (args.is_finding === true ? lookedFor(before, args, today) : watched(before, args, today))
  if (cause === undefined) return NOTHING
  return { ticket: [stepped({ ...ticket, state: 'closed', cause: cause.id }, at, ground, { event: 'closed' })], cause: [cause] }
}

export const settleCause: Reducer<'cause.settle'> = ({ at, args: { cause: id, ...found } }, ground) => {
  const cause = worksOnTickets(ground.actor) ? ground.cause(id) : undefined
  if (cause === undefined || isOtherSort('cause', found.chip, ground)) return NOTHING
  const settled = watched(cause, { ...found, countermeasure: found.countermeasure || cause.countermeasure }, ground.dayOf(at))
  return settled === undefined ? NOTHING : { cause: [settled] }
}
