import { isFields, numberOrNull, text, textOrNull, type Fields } from './fields'

/** Values for the sentence of a code. */
export type Params = Readonly<Record<string, unknown>>

export const SETTLED_STATES = ['applied', 'conflict', 'duplicate', 'superseded', 'discarded', 'parked'] as const
export type SettledState = (typeof SETTLED_STATES)[number]

/** The server's answer to one entry. */
export interface Settled {
  n: number
  id: string
  state: SettledState
  seq: number
  code: string | null
  params: Params
  conflicts: unknown[]
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
    conflicts: Array.isArray(f.conflicts) ? f.conflicts : [],
  }
}
