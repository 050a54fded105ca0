import { isHelpOpen, type Help } from '../shapes/help'
import type { Message } from '../shapes/message'
import { utc } from '../shapes/time'
import { NOTHING, type Ground, type Reducer } from './ground'
import { isMine } from './rights'
import { isAtWork, standing } from './ticketGround'
import { stepped } from './ticketStep'
import { watched } from './watchTicket'

/** What the customer was told first is our first answer. */
export const writeMessage: Reducer<'message.write'> = ({ at, args }, ground) => {
  const { message: id, ticket: to, audience, text } = args
  const ticket = standing(to, ground)
  if (ticket === undefined || ground.message(id) !== undefined) return NOTHING
  const member = ground.actor.id
  const message: Message = { id, ticket: to, member, audience, text, withdrawn_at: null, made_at: at, received_at: '' }
  return { message: [message], ...(audience === 'customer' ? { ticket: [stepped(ticket, at, ground, { event: 'responded' })] } : {}) }
}

/** That the customer was answered stays true. */
export const withdrawMessage: Reducer<'message.withdraw'> = ({ at, args }, ground) => {
  const message = ground.message(args.message)
  if (message === undefined || !isMine(message, ground) || message.withdrawn_at !== null) return NOTHING
  return { message: [{ ...message, withdrawn_at: utc(at) }] }
}

/** Whoever is asked sees the ticket from now on. */
export const askHelp: Reducer<'help.ask'> = ({ at, args }, ground) => {
  const { help: id, ticket: about, engineer, text } = args
  const ticket = standing(about, ground)
  if (ticket === undefined || ground.help(id) !== undefined || !isAtWork(engineer, ground)) return NOTHING
  const unanswered = { answer: '', answered_by: null, answered_at: null, withdrawn_at: null }
  const help: Help = { id, ticket: about, member: ground.actor.id, engineer, text, ...unanswered, made_at: at, received_at: '' }
  const isWatching = ticket.watchers.includes(engineer)
  return { help: [help], ...(isWatching ? {} : { ticket: [watched(ticket, engineer)] }) }
}

function openHelp(id: string, ground: Ground): Help | undefined {
  const help = ground.help(id)
  return help !== undefined && isHelpOpen(help) && ground.ticket(help.ticket)?.withdrawn_at == null ? help : undefined
}

export const answerHelp: Reducer<'help.answer'> = ({ at, args: { help: id, answer } }, ground) => {
  const help = openHelp(id, ground)
  return help === undefined ? NOTHING : { help: [{ ...help, answer, answered_by: ground.actor.id, answered_at: utc(at) }] }
}

export const withdrawHelp: Reducer<'help.withdraw'> = ({ at, args }, ground) => {
  const help = openHelp(args.help, ground)
  return help === undefined || !isMine(help, ground) ? NOTHING : { help: [{ ...help, withdrawn_at: utc(at) }] }
}
