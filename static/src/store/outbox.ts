import type { Kind } from '../shapes/entry'
import type { Params } from '../shapes/settled'
import type { EntryState } from './lines'
import type { Live } from './live'

export interface OutboxItem {
  entryId: string
  n: number
  kind: Kind
  at: string
  /** as in the entry: names of the wire */
  args: Readonly<Record<string, unknown>>
  state: EntryState
  code?: string
  params?: Params
  customerName?: string
  canRetry: boolean
  canEdit: boolean
  canDiscard: boolean
  /** the entry this one waits for */
  waitsFor?: string
  /** a discard was tapped and can be undone until then */
  discardUntil?: string
}

/** What needs the person first, then what is on its way, then what went in during the last day. */
export declare const outbox: Live<OutboxItem[] | undefined>
/** Everything unsent as plain JSON with its hashes, for an administrator to import. */
export declare function exportUnsent(): Promise<Blob>
