import { workingState, type Ticket } from '../shapes/ticket'
import { NOTHING, type Reducer } from './ground'
import { isAtWork, workable } from './ticketGround'
import { handsOut } from './ticketRights'
import { stepped } from './ticketStep'

/** Whose it is does not say that it can go on. */
function given(ticket: Ticket, assignee: string | null): Ticket {
  return { ...ticket, assignee, state: ticket.state === 'waiting' ? ticket.state : workingState(assignee) }
}

/** The ticket, as somebody goes on with it. */
export function goneOn(ticket: Ticket): Ticket {
  return { ...ticket, state: workingState(ticket.assignee), waits_for: null }
}

export const takeTicket: Reducer<'ticket.take'> = ({ at, args }, ground) => {
  const ticket = workable(args.ticket, 'take', ground)
  // One's own already, or somebody else's: either way nothing changes.
  if (ticket === undefined || ticket.assignee !== null) return NOTHING
  const { id } = ground.actor
  return { ticket: [stepped(given(ticket, id), at, ground, { event: 'assigned', assignee: id })] }
}

export const assignTicket: Reducer<'ticket.assign'> = ({ at, args: { ticket: id, assignee, note = '' } }, ground) => {
  const ticket = workable(id, 'assign', ground)
  if (ticket === undefined || !handsOut(ticket, ground.customer(ticket.customer), ground)) return NOTHING
  if (ticket.assignee === assignee || (assignee !== null && !isAtWork(assignee, ground))) return NOTHING
  return { ticket: [stepped(given(ticket, assignee), at, ground, { event: 'assigned', assignee, note })] }
}

export const waitTicket: Reducer<'ticket.wait'> = ({ at, args: { ticket: id, waits_for, note = '' } }, ground) => {
  const ticket = workable(id, 'wait', ground)
  if (ticket === undefined || ticket.waits_for === waits_for) return NOTHING
  const waiting: Ticket = { ...ticket, state: 'waiting', waits_for }
  return { ticket: [stepped(waiting, at, ground, { event: 'waiting', waits_for, note })] }
}

export const resumeTicket: Reducer<'ticket.resume'> = ({ at, args: { ticket: id, note = '' } }, ground) => {
  const ticket = workable(id, 'resume', ground)
  return ticket === undefined ? NOTHING : { ticket: [stepped(goneOn(ticket), at, ground, { event: 'resumed', note })] }
}
