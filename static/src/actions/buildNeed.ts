import type { KindArgs } from '../shapes/entry'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface BuildNeed {
  need: string
  note?: string
  /** the draft of what customers will read; left out, the one of before stays */
  customerText?: string
}

/** It is there: each customer who asked hears of it. */
export function buildNeed({ need, note, customerText }: BuildNeed): Undoable {
  const args = given<KindArgs['need.build']>({ need, note, customer_text: customerText })
  return undoable('need', need, () => save('need.build', args, need))
}
