import { flag, isFields, number, numberOrNull, text, textOrNull, type Fields } from './fields'
import type { Params } from './settled'

/** An entry of somebody's phone that the server has put aside, as whoever answers for them is told. */
export interface ParkedShape {
  id: number
  /** null when the text is no entry that the server can read; so are kind, at and args */
  entry: string | null
  member: string
  phone: number
  device: string
  n: number
  received_at: string
  code: string
  params: Params
  attempts: number
  kind: string | null
  at: string | null
  args: Fields | null
  text: string
  waiting: number
}

/** A phone as the server knows it. Numbers count entries. */
export interface PhoneShape {
  id: number
  member: string
  /** whoever asks is signed in on it */
  is_this: boolean
  is_revoked: boolean
  app: string
  device: string
  registered_at: string
  last_contact_at: string | null
  revoked_at: string | null
  pending: number
  written_n: number
  received_n: number
  lost_written_n: number
  lost_received_n: number
  skew_ms: number
}

export interface ConsolePage<T> {
  rows: T[]
  /** where the next page is; null at the end */
  next: string | null
}

export interface Rescued {
  taken: number
  known: number
}

export function readParkedShape(f: Fields): ParkedShape {
  return {
    id: number(f, 'id'),
    entry: textOrNull(f, 'entry_id'),
    member: text(f, 'member'),
    phone: number(f, 'phone'),
    device: text(f, 'device'),
    n: number(f, 'n'),
    received_at: text(f, 'received_at'),
    code: text(f, 'code'),
    params: isFields(f.params) ? f.params : {},
    attempts: number(f, 'attempts'),
    kind: textOrNull(f, 'kind'),
    at: textOrNull(f, 'at'),
    args: isFields(f.args) ? f.args : null,
    text: text(f, 'text'),
    waiting: number(f, 'waiting'),
  }
}

export function readPhoneShape(f: Fields): PhoneShape {
  return {
    id: number(f, 'id'),
    member: text(f, 'member'),
    is_this: flag(f, 'is_this'),
    is_revoked: f.state === 'revoked',
    app: text(f, 'app'),
    device: text(f, 'device'),
    registered_at: text(f, 'registered_at'),
    last_contact_at: textOrNull(f, 'last_contact_at'),
    revoked_at: textOrNull(f, 'revoked_at'),
    pending: number(f, 'pending_count'),
    written_n: number(f, 'written_n'),
    received_n: number(f, 'received_n'),
    lost_written_n: number(f, 'lost_written_n'),
    lost_received_n: number(f, 'lost_received_n'),
    skew_ms: number(f, 'skew_ms'),
  }
}

/** A page of either list; undefined for a body that is none. */
export function readConsolePage<T>(value: unknown, read: (f: Fields) => T): ConsolePage<T> | undefined {
  if (!isFields(value) || !Array.isArray(value.results)) return undefined
  return { rows: value.results.filter(isFields).map(read), next: textOrNull(value, 'next') }
}

export function readRescued(value: unknown): Rescued | undefined {
  if (!isFields(value)) return undefined
  const taken = numberOrNull(value, 'taken')
  const known = numberOrNull(value, 'known')
  return taken === null || known === null ? undefined : { taken, known }
}

/** A file of unsent work, as far as a person has to see what it is. The server reads the rest. */
export interface UnsentFile {
  organization: string
  member: string
  made_at: string
  count: number
  body: Fields
}

export function readUnsentFile(content: string): UnsentFile | undefined {
  try {
    const value: unknown = JSON.parse(content)
    if (!isFields(value) || value.format !== 'fieldops-unsent/1' || !Array.isArray(value.entries)) return undefined
    const { organization, member } = value
    if (typeof organization !== 'string' || typeof member !== 'string') return undefined
    return { organization, member, made_at: text(value, 'made_at'), count: value.entries.length, body: value }
  } catch {
    return undefined
  }
}
