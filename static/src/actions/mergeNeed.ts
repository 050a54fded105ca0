import { save } from './save'
import { undoable, type Undoable } from './undoable'

export interface MergeNeed {
  need: string
  /** the one that speaks for both */
  into: string
}

/** Groups a need, with all that is grouped under it, under another one. */
export function mergeNeed({ need, into }: MergeNeed): Undoable {
  return undoable('need', need, () => save('need.merge', { need, into }, need))
}
