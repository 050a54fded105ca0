import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface CloseTicket {
  ticket: string
  /** one that is known at this customer; left out for a new one */
  cause?: string
  chip?: string | null
  /** why it happened */
  text?: string
  countermeasure?: string
  /** day; 90 days from today where nothing is said */
  watchUntil?: string | null
  /** nobody knows yet why: there are five days to find out */
  isFinding?: boolean
}

export interface ClosedTicket extends Undoable {
  causeId: string
}

/** It is over. To take that back later would count as a recurrence, so it is written once it cannot be undone any more. */
export function closeTicket({ ticket, cause = newId(), watchUntil, isFinding, ...found }: CloseTicket): ClosedTicket {
  const args = given<KindArgs['ticket.close']>({ ticket, cause, ...found, watch_until: watchUntil, is_finding: isFinding })
  return { ...undoable('ticket', ticket, () => save('ticket.close', args, ticket)), causeId: cause }
}
