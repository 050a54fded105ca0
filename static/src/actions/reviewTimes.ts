import type { Review } from '../shapes/ticket'
import { save } from './save'
import { undoable, type Undoable } from './undoable'

export interface ReviewTimes {
  ticket: string
  step: string
  /** what counts: the phone's time, corrected, or when the server heard of it */
  review: Review
}

/** Settles which time counts where a phone's clock was off. */
export function reviewTimes({ ticket, step, review }: ReviewTimes): Undoable {
  return undoable('ticket', ticket, () => save('ticket.review', { ticket, step, review }, ticket))
}
