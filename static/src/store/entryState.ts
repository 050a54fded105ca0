import { asksForDecision } from '../db/conflicts'
import { isFinal } from '../db/journal'
import type { JournalRow } from '../db/schema'
import type { EntryState } from './lines'

/** What the state of an entry depends on besides the entry itself. */
export interface Standpoint {
  /** how many entries the server holds */
  received: number
  /** conflicts that nobody has decided yet */
  toDecide: ReadonlySet<string>
}

/** The plain state of an entry. Never better than what the server has said about this very entry. */
export function stateOf(entry: JournalRow, { received, toDecide }: Standpoint): EntryState {
  if (entry.state === 'parked' || asksForDecision(entry, toDecide)) return 'attention'
  if (isFinal(entry)) return 'applied'
  return entry.n > received ? 'saved' : 'sent'
}

const BADNESS: Readonly<Record<EntryState, number>> = { applied: 0, sent: 1, saved: 2, attention: 3 }

export function worse(first: EntryState, second: EntryState): EntryState {
  return BADNESS[second] > BADNESS[first] ? second : first
}

/** Which parked entries are being dealt with by later ones. */
export interface Dealings {
  /** discarded or superseded, as far as this phone is concerned */
  isReplaced(id: string): boolean
  /** the retry that is on its way */
  retryOf(id: string): JournalRow | undefined
}

export function dealings(journal: readonly JournalRow[]): Dealings {
  const replaced = new Set<string>()
  const retried = new Map<string, JournalRow>()
  for (const entry of journal) {
    if (entry.target === undefined) continue
    const isOpen = entry.state === 'open'
    if (entry.kind === 'entry.retry') {
      if (isOpen) retried.set(entry.target, entry)
    } else if (isOpen || (entry.state === 'parked' && entry.kind !== 'entry.discard')) {
      replaced.add(entry.target)
    }
  }
  return { isReplaced: (id) => replaced.has(id), retryOf: (id) => retried.get(id) }
}
