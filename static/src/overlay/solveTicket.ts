import { isWatchedOn } from '../shapes/cause'
import type { EntryOf } from '../shapes/entry'
import { asStored, type Values } from '../shapes/shared'
import { may, type Ticket } from '../shapes/ticket'
import { utc } from '../shapes/time'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { isElsewhere } from './heard'
import { merge } from './merge'
import { returned } from './recurring'
import { isOtherSort, standing, workable } from './ticketGround'
import { worksOnTickets } from './ticketRights'
import { stepped } from './ticketStep'
import { goneOn } from './workTicket'

type Solve = EntryOf<'ticket.solve'>

const UNSOLVED = { cause_chip: null, fix_chip: null, resolution: '' }

function solutionOf({ cause_chip = null, fix_chip = null, resolution = '' }: Solve['args']) {
  return { cause_chip, fix_chip, resolution: String(asStored('ticket', 'resolution', resolution)) }
}

function solved(ticket: Ticket, { at, args }: Solve, ground: Ground): Changed {
  const { visit = null, is_solved_on_visit = false } = args
  if (isElsewhere({ customer: ticket.customer, visit }, ground)) return NOTHING
  const by = { solved_by: ground.actor.id, solved_at: utc(at), is_solved_on_visit, visit: visit ?? ticket.visit }
  const now: Ticket = { ...ticket, ...solutionOf(args), ...by, state: 'solved', waits_for: null }
  return { ticket: [stepped(now, at, ground, { event: 'solved' })] }
}

/** Somebody else was first: that stands, and where both say different things of it, people will have to look. */
function solvedToo(ticket: Ticket, { at, args }: Solve, ground: Ground): Changed {
  const { actor } = ground
  if (ticket.solved_by === actor.id) return NOTHING
  const { values, clashes } = merge('ticket', { ...ticket } as Values, UNSOLVED, solutionOf(args))
  const earlier = ticket.solved_at !== null && utc(at) < ticket.solved_at ? utc(at) : ticket.solved_at
  const about = { customer: ticket.customer, shape: 'ticket' as const, row: ticket.id, member: actor.id, made_at: at }
  return {
    ticket: [stepped({ ...ticket, ...values, solved_at: earlier }, at, ground, { event: 'solved' })],
    ...(clashes.length === 0 ? {} : { clashes: clashes.map((clash) => ({ ...about, ...clash })) }),
  }
}

export const solveTicket: Reducer<'ticket.solve'> = (entry, ground) => {
  const { ticket: id, cause_chip, fix_chip } = entry.args
  const ticket = worksOnTickets(ground.actor) ? standing(id, ground) : undefined
  if (ticket === undefined || isOtherSort('cause', cause_chip, ground) || isOtherSort('fix', fix_chip, ground)) return NOTHING
  return may('solve', ticket.state) ? solved(ticket, entry, ground) : solvedToo(ticket, entry, ground)
}

/** A cause that was watched is back, when this happens within its window. */
function causeOfReopened(ticket: Ticket, at: string, ground: Ground): Changed {
  const cause = ticket.state === 'closed' && ticket.cause !== null ? ground.cause(ticket.cause) : undefined
  const day = ground.dayOf(at)
  return cause !== undefined && isWatchedOn(cause, day) ? { cause: [returned(cause, day)] } : {}
}

export const reopenTicket: Reducer<'ticket.reopen'> = ({ at, args: { ticket: id, note = '' } }, ground) => {
  const ticket = workable(id, 'reopen', ground)
  if (ticket === undefined) return NOTHING
  const again: Ticket = { ...goneOn(ticket), solved_by: null, solved_at: null, is_solved_on_visit: false }
  return { ticket: [stepped(again, at, ground, { event: 'reopened', note })], ...causeOfReopened(ticket, at, ground) }
}
