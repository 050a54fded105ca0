import type { KindArgs } from '../shapes/entry'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface SettleCause {
  cause: string
  chip?: string | null
  /** why it happened */
  text?: string
  countermeasure?: string
  /** day; 90 days from today where nothing is said */
  watchUntil?: string | null
}

/** It was found out why, or something better was done against it: it is watched from today on. */
export function settleCause({ cause, watchUntil, ...found }: SettleCause): Undoable {
  const args = given<KindArgs['cause.settle']>({ cause, ...found, watch_until: watchUntil })
  return undoable('cause', cause, () => save('cause.settle', args, cause))
}
