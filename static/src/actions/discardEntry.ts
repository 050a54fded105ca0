import { save } from './save'
import { undoable, type Undoable } from './undoable'

/** Gives a parked entry up. */
export function discardEntry({ entry }: { entry: string }): Undoable {
  return undoable('discard', entry, () => save('entry.discard', { entry }, entry))
}
