import type { Notification } from '../shapes/notification'
import type { NeedsWords } from './words/needs.svelte'
import { to } from './routes'

function text(params: Notification['params'], key: string): string {
  const value = params[key]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function stageName(params: Notification['params'], words: NeedsWords): string {
  const stage = text(params, 'stage')
  return Object.hasOwn(words.stage, stage) ? words.stage[stage as keyof NeedsWords['stage']] : stage
}

/** What a notification says. One of a later version still says that there is something. */
export function notificationSentence({ event, params }: Pick<Notification, 'event' | 'params'>, words: NeedsWords): string {
  const say = words.notifications.sentence
  const [title, customer, member] = [text(params, 'title') || words.list.unnamed, text(params, 'customer'), text(params, 'member')]
  switch (event) {
    case 'need.stage':
      return say.stage(title, stageName(params, words))
    case 'need.merged':
      return say.merged(title, text(params, 'into') || words.list.unnamed)
    case 'need.unmerged':
      return say.unmerged(title, text(params, 'into') || words.list.unnamed)
    case 'reply.due':
      return say.replyDue(text(params, 'count'), title)
    case 'reply.answered':
      return params.value === 'solved' ? say.replySolved(customer, title) : say.replyNotYet(customer, title)
    case 'question.asked':
      return say.questionAsked(text(params, 'count'), text(params, 'text'))
    case 'question.answered':
      return say.questionAnswered(customer, text(params, 'text'))
    case 'joining.asked':
      return say.joiningAsked(member, customer)
    case 'joining.accepted':
      return say.joiningAccepted(member, customer)
    case 'joining.refused':
      return say.joiningRefused(member, customer)
    default:
      return ticketSentence({ event, params }, words)
  }
}

/** Of those about tickets, what they came from, and help. */
function ticketSentence({ event, params }: Pick<Notification, 'event' | 'params'>, { notifications }: NeedsWords): string {
  const say = notifications.sentence
  const [customer, member, said] = [text(params, 'customer'), text(params, 'member'), text(params, 'said')]
  const what = text(params, 'text') || say.aCause
  const isAnswer = params.clock === 'response'
  switch (event) {
    case 'ticket.assigned':
      return say.ticketAssigned(customer, what)
    case 'ticket.solved':
      return say.ticketSolved(customer, what)
    case 'ticket.reopened':
      return say.ticketReopened(customer, what)
    case 'ticket.message':
      return say.ticketMessage(member, customer, said)
    case 'ticket.due_soon':
      return isAnswer ? say.answerDueSoon(customer, what) : say.ticketDueSoon(customer, what)
    case 'ticket.late':
      return isAnswer ? say.answerLate(customer, what) : say.ticketLate(customer, what)
    case 'help.asked':
      return say.helpAsked(member, customer, said)
    case 'help.answered':
      return say.helpAnswered(member, said)
    case 'cause.back':
      return say.causeBack(customer, what, text(params, 'count'))
    case 'cause.proved':
      return say.causeProved(customer, what)
    case 'cause.finding_due':
      return say.findingDue(customer, what)
    default:
      return say.unknown
  }
}

const OPENS: Readonly<Record<string, (row: string) => string>> = { need: to.need, visit: to.visit, ticket: to.ticket, cause: to.cause }

/** What a notification opens; undefined for a noun this version does not know. */
export function notificationAddress({ shape, row }: Pick<Notification, 'shape' | 'row'>): string | undefined {
  return Object.hasOwn(OPENS, shape) ? OPENS[shape]?.(row) : undefined
}
