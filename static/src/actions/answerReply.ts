import type { KindArgs } from '../shapes/entry'
import type { ReplyAnswer } from '../shapes/reply'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface AnswerReply {
  reply: string
  value: ReplyAnswer
  /** in the customer's own words */
  line?: string
  contact?: string | null
  visit?: string | null
}

/** The customer's own answer. It closes the loop, and was told as well where nobody had said so. */
export function answerReply(args: AnswerReply): Undoable {
  return undoable('reply', args.reply, () => save('reply.answer', given<KindArgs['reply.answer']>({ ...args }), args.reply))
}
