import { save } from './save'
import { undoable, type Undoable } from './undoable'

/** Takes a need out of its group: it is what it was before. */
export function unmergeNeed({ need }: { need: string }): Undoable {
  return undoable('need', need, () => save('need.unmerge', { need }, need))
}
