import type { KindArgs } from '../shapes/entry'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface ConfirmNeed {
  need: string
  /** who was asked, and said yes */
  customer: string
  note?: string
}

export function confirmNeed(args: ConfirmNeed): Undoable {
  return undoable('need', args.need, () => save('need.confirm', given<KindArgs['need.confirm']>({ ...args }), args.need))
}
