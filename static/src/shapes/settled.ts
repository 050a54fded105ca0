import { isFields, numberOrNull, text, textOrNull, texts, type Fields } from './fields'

/** Values for the sentence of a code. */
export type Params = Readonly<Record<string, unknown>>

export const SETTLED_STATES = ['applied', 'conflict', 'duplicate', 'superseded', 'discarded', 'parked'] as const
export type SettledState = (typeof SETTLED_STATES)[number]

/** What an entry ran into: the row that tells of it, and the fields it is about. */
export interface MetConflict {
  id: string
  shape: string
  row: string
  names: string[]
}

/** The server's answer to one entry. */
export interface Settled {
  n: number
  id: string
  state: SettledState
  seq: number
  code: string | null
  params: Params
  conflicts: MetConflict[]
}

function readMet(f: Fields): MetConflict {
  return { id: text(f, 'id'), shape: text(f, 'shape'), row: text(f, 'row'), names: texts(f, 'names') }
}

export function readSettled(f: Fields): Settled | undefined {
  const state = SETTLED_STATES.find((known) => known === f.state)
  const n = numberOrNull(f, 'n')
  if (state === undefined || n === null || typeof f.id !== 'string') return undefined
  return {
    n,
    id: text(f, 'id'),
    state,
    seq: numberOrNull(f, 'seq') ?? 0,
    code: textOrNull(f, 'code'),
    params: isFields(f.params) ? f.params : {},
    conflicts: Array.isArray(f.conflicts) ? f.conflicts.filter(isFields).map(readMet) : [],
  }
}
