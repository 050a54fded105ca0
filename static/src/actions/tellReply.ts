import type { KindArgs } from '../shapes/entry'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface TellReply {
  reply: string
  /** what they were told, where it was other than what stood there */
  text?: string
  visit?: string | null
}

/** The customer was told. */
export function tellReply(args: TellReply): Undoable {
  return undoable('reply', args.reply, () => save('reply.tell', given<KindArgs['reply.tell']>({ ...args }), args.reply))
}
