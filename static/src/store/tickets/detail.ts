import { helpsOfTicket, messagesOfTicket } from '../../db/messages'
import type { Phone } from '../../db/schema'
import { ticketsOf } from '../../db/tickets'
import { handsOut, reviewsTimes, withdraws, worksOnTickets } from '../../overlay/ticketRights'
import { may, type Step, type Ticket, type TicketVerb } from '../../shapes/ticket'
import { rowKey } from '../../shapes/touches'
import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'
import { compare } from '../order'
import { present } from '../present'
import { causeLines } from './causeLines'
import type { CauseLine, HelpLine, MessageLine, StepLine, TicketDetail, TicketLine, TicketRights } from './lines'
import { chipsById, newestTicketFirst, soonestDueFirst, ticketLines } from './ticketLines'

function oldestFirst(a: { id: string }, b: { id: string }): number {
  return compare(a.id, b.id)
}

function stepLine(reader: Reader, step: Step): StepLine {
  const { member, assignee, reviewed_by, is_in_review } = step
  return {
    step,
    canReview: is_in_review && (member === null || reviewsTimes(member, reader)),
    ...present<Pick<StepLine, 'member' | 'assignee' | 'reviewer'>>({
      member: reader.member(member),
      assignee: reader.member(assignee),
      reviewer: reader.member(reviewed_by),
    }),
  }
}

async function messageLines(reader: Reader, id: string): Promise<MessageLine[]> {
  const messages = reader.over('message', await messagesOfTicket(reader.db, id), (message) => message.ticket === id)
  return messages.sort(oldestFirst).map((message) => ({
    message,
    ...reader.mark('message', message),
    ...present<Pick<MessageLine, 'author'>>({ author: reader.member(message.member) }),
  }))
}

async function helpLines(reader: Reader, id: string): Promise<HelpLine[]> {
  const helps = reader.over('help', await helpsOfTicket(reader.db, id), (help) => help.ticket === id)
  const undoable = await reader.undoable('help')
  return helps.sort(oldestFirst).map((help) => ({
    help,
    ...reader.mark('help', help),
    ...present<Pick<HelpLine, 'asker' | 'engineer' | 'answerer' | 'undoUntil'>>({
      asker: reader.member(help.member),
      engineer: reader.member(help.engineer),
      answerer: reader.member(help.answered_by),
      undoUntil: undoable.get(help.id),
    }),
  }))
}

async function causeOf(reader: Reader, { cause: id }: Ticket): Promise<CauseLine | undefined> {
  const cause = id === null ? undefined : (await reader.byId('cause', [id])).get(id)
  return cause && (await causeLines(reader, [cause]))[0]
}

async function partsOf(reader: Reader, id: string): Promise<TicketLine[]> {
  const isPart = (ticket: Ticket) => ticket.part_of === id && ticket.withdrawn_at === null
  const parts = reader.over('ticket', await ticketsOf(reader.db, 'part_of', [id]), isPart)
  return (await ticketLines(reader, parts)).sort(soonestDueFirst)
}

function rightsOf(reader: Reader, { ticket, customer }: TicketLine): TicketRights {
  const { actor } = reader
  const isStanding = ticket.withdrawn_at === null
  const can = (verb: TicketVerb) => isStanding && worksOnTickets(actor) && may(verb, ticket.state)
  return {
    canEdit: isStanding && worksOnTickets(actor),
    canTake: can('take') && ticket.assignee === null,
    canAssign: can('assign') && handsOut(ticket, customer, reader),
    canWait: can('wait'),
    canResume: can('resume'),
    canSolve: can('solve'),
    canReopen: can('reopen'),
    canClose: can('close'),
    canWithdraw: isStanding && ticket.state !== 'closed' && withdraws(ticket, reader),
    canAcknowledge: isStanding && ticket.alarms.some((alarm) => alarm.acknowledged_at === null),
    isWatching: ticket.watchers.includes(actor.id),
  }
}

type Around = Pick<TicketDetail, 'product' | 'contact' | 'visit' | 'causeChip' | 'fixChip' | 'solver' | 'cause' | 'whole'>

/** The rows a ticket points to, those of them that this phone holds. */
async function around(reader: Reader, ticket: Ticket): Promise<Partial<Around>> {
  const { product, contact, visit, cause_chip, fix_chip, part_of } = ticket
  const chips = await chipsById(reader, [cause_chip, fix_chip])
  const whole = (await reader.byId('ticket', [part_of])).get(part_of ?? '')
  return present<Around>({
    product: (await reader.products([product])).get(product ?? ''),
    contact: (await reader.contacts([contact])).get(contact ?? ''),
    visit: (await reader.byId('visit', [visit])).get(visit ?? ''),
    causeChip: chips.get(cause_chip ?? ''),
    fixChip: chips.get(fix_chip ?? ''),
    solver: reader.member(ticket.solved_by),
    cause: await causeOf(reader, ticket),
    whole: whole && (await ticketLines(reader, [whole]))[0],
  })
}

async function readDetail(db: Phone, id: string): Promise<TicketDetail | null> {
  const reader = await Reader.at(db)
  const ticket = (await reader.byId('ticket', [id])).get(id)
  if (ticket === undefined) return null
  const line = (await ticketLines(reader, [ticket]))[0]!
  const links = [...(await reader.byId('ticket', ticket.links)).values()]
  return {
    ...line,
    ...(await around(reader, ticket)),
    steps: ticket.steps.map((step) => stepLine(reader, step)),
    watchers: ticket.watchers.flatMap((member) => reader.member(member) ?? []),
    messages: await messageLines(reader, id),
    helps: await helpLines(reader, id),
    parts: await partsOf(reader, id),
    links: (await ticketLines(reader, links)).sort(newestTicketFirst),
    rights: rightsOf(reader, line),
    pendingKinds: reader.projection.standings.get(rowKey('ticket', id))?.kinds ?? [],
  }
}

/** undefined while loading, null when this phone does not hold the ticket. */
export function ticketDetail(id: string): Live<TicketDetail | null | undefined> {
  return liveRead((db) => readDetail(db, id))
}
