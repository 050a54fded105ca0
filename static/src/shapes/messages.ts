import { isFields, number, numberOrNull, text, texts, textOrNull, type Fields } from './fields'
import { readSettled, type Settled } from './settled'

/** What every answer of the sync door says. */
export interface Receipted {
  received_n: number
  chain: string
  settled_n: number | null
  server_time: string
}

export interface Limits {
  max_entries: number
  max_bytes: number
  max_entry_bytes: number
}

export interface HelloAnswer extends Receipted {
  epoch: string
  limits: Limits
  isRevoked: boolean
  commands: Command[]
}

/** What the server asks of this phone or tells it, besides what was asked. */
export type Command =
  /** this phone was shut out: hand in what is unsent and forget the rest */
  | { command: 'wipe' }
  /** the storage was cleared: up to where had been written, and up to where had arrived */
  | ({ command: 'lost' } & Loss)
  /** these streams differ from the server's: fetch them from the beginning */
  | { command: 'refetch'; streams: string[] }

export interface Loss {
  written: number
  received: number
}

/** Of each stream how many rows are held, and the XOR of their versions. */
export type Digests = Record<string, [number, string]>

export interface PushAnswer extends Receipted {
  limits: Limits
}

export type WireRow =
  | { s: string[]; t: string; id: string; rv: string; op: 'put'; f: Fields }
  | { s: string[]; t: string; id: string; op: 'rm' }

export interface PullAnswer extends Receipted {
  answer: 'page' | 'reset' | 'diverged'
  cursor: string | null
  more: boolean
  drop: string[]
  rows: WireRow[]
  settled: Settled[]
  total?: number
}

export interface News {
  seq: number
  streams: string[]
}

/** The receipt of an answer; undefined for a body that is not of this protocol, such as a sign-in page of a café. */
function readReceipt(value: unknown): (Receipted & { rest: Fields }) | undefined {
  if (!isFields(value)) return undefined
  const received = numberOrNull(value, 'received_n')
  const chain = textOrNull(value, 'chain')
  const time = textOrNull(value, 'server_time')
  if (received === null || !Number.isInteger(received) || received < 0) return undefined
  if (chain === null || !/^[0-9a-f]{64}$/.test(chain) || time === null) return undefined
  return { received_n: received, chain, settled_n: numberOrNull(value, 'settled_n'), server_time: time, rest: value }
}

function readLimits(value: unknown): Limits {
  const f = isFields(value) ? value : {}
  return {
    max_entries: number(f, 'max_entries', 500),
    max_bytes: number(f, 'max_bytes', 1_000_000),
    max_entry_bytes: number(f, 'max_entry_bytes', 65_536),
  }
}

function readCommand(f: Fields): Command | undefined {
  switch (f.command) {
    case 'wipe':
      return { command: 'wipe' }
    case 'lost':
      return { command: 'lost', written: number(f, 'written'), received: number(f, 'received') }
    case 'refetch':
      return { command: 'refetch', streams: texts(f, 'streams') }
    default:
      // A command of a later version is for later versions.
      return undefined
  }
}

export function readHello(value: unknown): HelloAnswer | undefined {
  const receipt = readReceipt(value)
  if (receipt === undefined) return undefined
  const { rest, ...common } = receipt
  const epoch = rest.epoch
  const commands = readAll(rest.commands, readCommand)
  return {
    ...common,
    epoch: typeof epoch === 'number' ? String(epoch) : text(rest, 'epoch'),
    limits: readLimits(rest.limits),
    isRevoked: rest.device_state === 'revoked' || commands.some(({ command }) => command === 'wipe'),
    commands,
  }
}

export function readPush(value: unknown): PushAnswer | undefined {
  const receipt = readReceipt(value)
  if (receipt === undefined) return undefined
  const { rest, ...common } = receipt
  return { ...common, limits: readLimits(rest.limits) }
}

function readRow(value: unknown): WireRow | undefined {
  if (!isFields(value) || typeof value.t !== 'string' || typeof value.id !== 'string') return undefined
  const base = { s: texts(value, 's'), t: value.t, id: value.id }
  if (value.op === 'rm') return { ...base, op: 'rm' }
  if (value.op === 'put' && isFields(value.f)) return { ...base, op: 'put', rv: text(value, 'rv'), f: value.f }
  return undefined
}

function readAll<T>(value: unknown, read: (item: Fields) => T | undefined): T[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => (isFields(item) ? [read(item)] : [])).filter((item) => item !== undefined)
}

export function readPull(value: unknown): PullAnswer | undefined {
  const receipt = readReceipt(value)
  if (receipt === undefined) return undefined
  const { rest, ...common } = receipt
  const answer = (['page', 'reset', 'diverged'] as const).find((known) => known === rest.answer)
  const cursor = textOrNull(rest, 'cursor')
  if (answer === undefined || (answer === 'page' && cursor === null)) return undefined
  const total = numberOrNull(rest, 'total')
  return {
    ...common,
    answer,
    cursor,
    more: rest.more === true,
    drop: texts(rest, 'drop'),
    rows: readAll(rest.rows, readRow),
    settled: readAll(rest.settled, readSettled),
    ...(total === null ? {} : { total }),
  }
}

export function readNews(data: string): News | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isFields(value) ? { seq: number(value, 'seq'), streams: texts(value, 'streams') } : undefined
  } catch {
    return undefined
  }
}
