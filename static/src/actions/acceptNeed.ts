import type { KindArgs } from '../shapes/entry'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface AcceptNeed {
  need: string
  note?: string
}

/** It will be built; what was built or declined is taken up again. */
export function acceptNeed(args: AcceptNeed): Undoable {
  return undoable('need', args.need, () => save('need.accept', given<KindArgs['need.accept']>({ ...args }), args.need))
}
