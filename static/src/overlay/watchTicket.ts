import type { Ticket } from '../shapes/ticket'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { standing } from './ticketGround'
import { worksOnTickets } from './ticketRights'

/** In the order in which the server has them. */
function withOne(ids: readonly string[], id: string): string[] {
  return [...new Set([...ids, id])].sort()
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter((one) => one !== id)
}

export function watched(ticket: Ticket, member: string): Ticket {
  return { ...ticket, watchers: withOne(ticket.watchers, member) }
}

export const watchTicket: Reducer<'ticket.watch'> = ({ args }, ground) => {
  const ticket = standing(args.ticket, ground)
  const { id } = ground.actor
  return ticket === undefined || ticket.watchers.includes(id) ? NOTHING : { ticket: [watched(ticket, id)] }
}

export const unwatchTicket: Reducer<'ticket.unwatch'> = ({ args }, ground) => {
  const ticket = standing(args.ticket, ground)
  const { id } = ground.actor
  if (ticket === undefined || !ticket.watchers.includes(id)) return NOTHING
  return { ticket: [{ ...ticket, watchers: without(ticket.watchers, id) }] }
}

/** Both tickets after their links changed; nothing where they are so already. */
function both(args: { ticket: string; other: string }, isLinked: boolean, ground: Ground): Changed {
  const [one, other] = [ground.ticket(args.ticket), ground.ticket(args.other)]
  if (!worksOnTickets(ground.actor) || one === undefined || other === undefined || one.id === other.id) return NOTHING
  if (one.links.includes(other.id) === isLinked) return NOTHING
  const change = isLinked ? withOne : without
  return { ticket: [{ ...one, links: change(one.links, other.id) }, { ...other, links: change(other.links, one.id) }] }
}

export const linkTickets: Reducer<'ticket.link'> = ({ args }, ground) => both(args, true, ground)

export const unlinkTickets: Reducer<'ticket.unlink'> = ({ args }, ground) => both(args, false, ground)
