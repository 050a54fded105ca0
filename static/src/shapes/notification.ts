import { isFields, text, textOrNull, type Fields } from './fields'

/** When an event goes out by mail as well. */
export const MAILS = ['none', 'at_once', 'digest'] as const
export type Mail = (typeof MAILS)[number]

/** What people are notified of, each with when it goes out by mail unless they say otherwise. */
export const MAIL_OF = {
  'need.stage': 'digest',
  'need.merged': 'digest',
  'need.unmerged': 'digest',
  'reply.due': 'digest',
  'reply.answered': 'digest',
  'question.asked': 'digest',
  'question.answered': 'none',
  'joining.asked': 'at_once',
  'joining.accepted': 'at_once',
  'joining.refused': 'at_once',
  'ticket.assigned': 'at_once',
  'ticket.solved': 'digest',
  'ticket.reopened': 'at_once',
  'ticket.message': 'digest',
  'ticket.due_soon': 'at_once',
  'ticket.late': 'at_once',
  'help.asked': 'at_once',
  'help.answered': 'at_once',
  'cause.back': 'at_once',
  'cause.proved': 'digest',
  'cause.finding_due': 'at_once',
} as const satisfies Readonly<Record<string, Mail>>

export type NoticeEvent = keyof typeof MAIL_OF

export function isNoticeEvent(name: string): name is NoticeEvent {
  return Object.hasOwn(MAIL_OF, name)
}

export interface Notification {
  id: string
  member: string
  /** of a later version it may be one that this app has no words for */
  event: string
  /** values for its sentence */
  params: Fields
  /** what to open */
  shape: string
  row: string
  made_at: string
  read_at: string | null
}

export function readNotification(id: string, f: Fields): Notification {
  return {
    id,
    member: text(f, 'member'),
    event: text(f, 'event'),
    params: isFields(f.params) ? f.params : {},
    shape: text(f, 'shape'),
    row: text(f, 'row'),
    made_at: text(f, 'made_at'),
    read_at: textOrNull(f, 'read_at'),
  }
}
