import { save } from './save'
import { undoable, type Undoable } from './undoable'

export interface SayAgain {
  ticket: string
  cause: string
}

/** This ticket is the same again as that cause, which is back by it. */
export function sayAgain({ ticket, cause }: SayAgain): Undoable {
  return undoable('ticket', ticket, () => save('ticket.again', { ticket, cause }, ticket))
}
