import { noted, type Choice, type Conflict } from '../shapes/conflict'
import type { KindArgs } from '../shapes/entry'
import type { Values } from '../shapes/shared'
import { rowKey } from '../shapes/touches'
import type { Saved } from './refusal'
import { given, save } from './save'
import { undoable, type Undoable } from './undoable'

export interface ResolveConflict {
  conflict: Conflict
  choice: Choice
  /** what the row holds before the eyes of whoever decides */
  seen: Values
  /** for the memo, in the words of whoever decides */
  note?: string
}

/** The rows a decision changes besides the conflict itself. */
function changes({ conflict, choice }: ResolveConflict): string[] {
  if (choice === 'replace') return [rowKey(conflict.shape, conflict.row)]
  const { shape, row } = noted(conflict)
  return choice === 'note' ? [rowKey(shape, row)] : []
}

async function write(decision: ResolveConflict): Promise<Saved> {
  const { conflict, choice, seen, note } = decision
  const { id } = conflict
  const args = given<KindArgs['conflict.resolve']>({ conflict: id, choice, note: choice === 'note' ? note : undefined })
  const from = choice === 'replace' ? { from: seen } : {}
  return save('conflict.resolve', args, id, { ...from, alsoTouched: changes(decision) })
}

/** Decides which of two values stands. */
export function resolveConflict(decision: ResolveConflict): Undoable {
  return undoable('resolve', decision.conflict.id, () => write(decision))
}
