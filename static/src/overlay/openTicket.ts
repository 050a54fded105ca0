import { isWatchedOn } from '../shapes/cause'
import type { EntryOf } from '../shapes/entry'
import { workingState, type Ticket } from '../shapes/ticket'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { isElsewhere } from './heard'
import { comeBack } from './recurring'
import { isAtWork, isOtherSort } from './ticketGround'
import { stepped } from './ticketStep'

type Open = EntryOf<'ticket.open'>

/** Nothing is known of its clocks before the server has it. */
const UNTOUCHED = {
  watchers: [],
  waits_for: null,
  links: [],
  cause_chip: null,
  fix_chip: null,
  resolution: '',
  solved_by: null,
  solved_at: null,
  is_solved_on_visit: false,
  cause: null,
  is_recurrence: false,
  response_due_at: null,
  response_at: null,
  response_verdict: null,
  resolution_due_at: null,
  resolution_left_s: null,
  resolution_verdict: null,
  is_in_review: false,
  withdrawn_at: null,
  flags: [],
  skew_s: null,
  steps: [],
  alarms: [],
} as const

function newTicket({ at, args }: Open, ground: Ground): Ticket {
  const { customer, text, severity = 'normal', assignee = null, part_of = null } = args
  const { site = null, asset = null, product = null, contact = null, visit = null, category = null } = args
  const about = { customer, site, asset, product, contact, visit, category }
  const member = ground.actor.id
  const state = workingState(assignee)
  const untouched = { ...UNTOUCHED, watchers: [], links: [], flags: [], steps: [], alarms: [] }
  const ticket = { ...untouched, id: args.ticket, ...about, member, assignee, text, severity, state, part_of, made_at: at, received_at: '' }
  return stepped(ticket, at, ground, { event: 'opened', assignee })
}

/** Whether it speaks of rows that are not what it takes them for. What this phone does not hold is believed. */
function isAstray({ customer, asset, category, part_of, again, assignee, ...named }: Open['args'], ground: Ground): boolean {
  const owned = [asset && ground.asset(asset), again && ground.cause(again)]
  const isOthers = isElsewhere({ customer, ...named }, ground) || owned.some((row) => row && row.customer !== customer)
  const isGone = part_of != null && ground.ticket(part_of) === undefined
  return isOthers || isGone || isOtherSort('category', category, ground) || (assignee != null && !isAtWork(assignee, ground))
}

/** Told of a day after the watch window of its cause it is something new. */
function again(opened: Ticket, { at, args }: Open, ground: Ground): Changed {
  const cause = args.again == null ? undefined : ground.cause(args.again)
  if (cause === undefined) return { ticket: [opened] }
  const day = ground.dayOf(at)
  if (!isWatchedOn(cause, day)) return { ticket: [{ ...opened, flags: ['watch_over'] }] }
  const both = comeBack(opened, cause, day)
  return { ticket: [both.ticket], cause: [both.cause] }
}

export const openTicket: Reducer<'ticket.open'> = (entry, ground) => {
  const { args } = entry
  if (ground.ticket(args.ticket) !== undefined || isAstray(args, ground)) return NOTHING
  return again(newTicket(entry, ground), entry, ground)
}
