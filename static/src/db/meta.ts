import type { Member } from '../shapes/member'
import type { Organization } from '../shapes/organization'
import type { Phone } from './schema'

/** How far this phone has read, and with which first sync the rows came. */
export interface CursorState {
  text: string | null
  generation: number
  /** rows of older generations are still to be swept */
  isSweepDue: boolean
  /** the page that brought it was the last one: the base holds what its streams hold */
  isAtHead?: boolean
}

export interface FirstSyncState {
  rows: number
  total: number | null
  isDone: boolean
}

/** Unsent work that went with the storage of before. */
export interface KnownLoss {
  written: number
  received: number
  /** the server has heard of it */
  isTold: boolean
  /** its person has read of it */
  isSeen: boolean
}

/** Rows that were given up to make room for what a person wrote. */
export interface GivenUp {
  /** the oldest month that is kept, 2026-10 */
  keptFrom: string
  /** its person has read of it */
  isSeen: boolean
}

export interface Me {
  member: Member
  organization: Organization
  email: string
}

/** Single values of a database, each under its own key. */
export interface Meta {
  replica: string
  /** length of the outbox and the chain at its end */
  tail: { n: number; hash: string }
  /** how many entries the server holds for certain */
  received: number
  cursor: CursorState
  /** rows that are in no stream at the moment, `shape:id`; the last page decides */
  leaving: string[]
  first_sync: FirstSyncState
  base_layout: number
  /** changes whenever what screens show over the base may have changed */
  stamp: number
  /** when the base was last at the head, server time */
  head_at: string
  /** when the last own entry was settled, server time */
  last_in_at: string
  /** server time minus phone time */
  skew_ms: number
  me: Me
  loss: KnownLoss
  given_up: GivenUp
  /** streams to be fetched from the beginning with the next pull */
  refetch: string[]
  /** streams that rows of this phone were ever seen in */
  streams: string[]
  /** the last answer about silent phones, as it came */
  freshness: unknown
  /** how well the loop is closed, as the server last told it */
  figures: unknown
  /** how well promises are kept and what comes back, likewise */
  ticket_figures: unknown
  /** the last answers about parked entries and phones, as they came, each with its time on this phone */
  parked: unknown
  phones: unknown
}

export interface MetaRow {
  key: string
  value: unknown
}

export async function readMeta<K extends keyof Meta>(db: Phone, key: K): Promise<Meta[K] | undefined> {
  const row = await db.meta.get(key)
  return row?.value as Meta[K] | undefined
}

export async function writeMeta<K extends keyof Meta>(db: Phone, key: K, value: Meta[K]): Promise<void> {
  await db.meta.put({ key, value })
}

/** Tells screens that entries, or rows under entries, have changed. To be called inside the changing transaction. */
export async function touchStamp(db: Phone): Promise<void> {
  await writeMeta(db, 'stamp', ((await readMeta(db, 'stamp')) ?? 0) + 1)
}
