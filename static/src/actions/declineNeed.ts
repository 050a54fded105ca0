import type { KindArgs } from '../shapes/entry'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface DeclineNeed {
  need: string
  reason: string
  /** the draft of what customers will read; left out, the one of before stays */
  customerText?: string
}

/** Not this time: each customer who asked hears of it. */
export function declineNeed({ need, reason, customerText }: DeclineNeed): Undoable {
  const args = given<KindArgs['need.decline']>({ need, reason, customer_text: customerText })
  return undoable('need', need, () => save('need.decline', args, need))
}
