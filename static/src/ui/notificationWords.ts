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
      return say.unknown
  }
}

/** What a notification opens; undefined for a noun this version does not know. */
export function notificationAddress({ shape, row }: Pick<Notification, 'shape' | 'row'>): string | undefined {
  return shape === 'need' ? to.need(row) : shape === 'visit' ? to.visit(row) : undefined
}
