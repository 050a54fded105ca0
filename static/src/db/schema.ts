import type { Dexie, Table } from 'dexie'
import type { MetConflict, Params, SettledState } from '../shapes/settled'
import type { Row, ShapeName } from '../shapes/row'
import type { About } from './about'
import type { MetaRow } from './meta'

/** Frozen: a queue written by any version must be readable by every later one. */
export interface OutboxRow {
  n: number
  id: string
  v: number
  /** the entry's text, sent as it is */
  bytes: string
}

/** Hash of everything up to n. Kept when the entry itself is pruned, so that any received_n can be checked. */
export interface ChainRow {
  n: number
  hash: string
}

/** What this phone knows about an entry it wrote. */
export interface JournalRow {
  id: string
  n: number
  kind: string
  at: string
  /** rows it makes or changes, `visit:<id>` */
  rows: string[]
  state: 'open' | SettledState
  /** the log position of the settlement; a later one wins */
  seq: number
  code: string | null
  params: Params
  conflicts: MetConflict[]
  settledAt?: string
  /** 1 while screens must show it over the base (a number: booleans cannot be indexed) */
  overlay: 0 | 1
  /** the parked entry this one deals with: retries, discards or replaces */
  target?: string
  about?: About
}

export interface OtherRow extends Row {
  t: string
}

export interface DraftRow {
  key: string
  json: string
}

export type BaseTables = { [Name in ShapeName]: Table<Row, string> }

export interface PhoneTables extends BaseTables {
  outbox: Table<OutboxRow, number>
  chain: Table<ChainRow, number>
  journal: Table<JournalRow, string>
  drafts: Table<DraftRow, string>
  meta: Table<MetaRow, string>
  /** rows of shapes this version does not know */
  other: Table<OtherRow, [string, string]>
}

/** The database of one member of one organization on this phone. */
export type Phone = Dexie & PhoneTables & { readonly org: string; readonly memberId: string }
