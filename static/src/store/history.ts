import { getHistory, getOlderHistory } from '../net/history'
import type { Understood } from '../net/understood'
import type { FieldEdit, HistoryPage } from '../shapes/fieldEdit'
import type { SharedName } from '../shapes/shared'

export interface HistoryOf {
  shape: SharedName
  row: string
  /** all of the row without any */
  fields: readonly string[]
}

/** Kept nowhere: history is read online. */
export type History =
  | { kind: 'ok'; edits: FieldEdit[]; next?: string }
  | { kind: 'offline' }
  | { kind: 'failed' }

function historyOf(answer: Understood<HistoryPage>, fields: readonly string[]): History {
  if (answer.kind === 'offline') return { kind: 'offline' }
  if (answer.kind !== 'ok') return { kind: 'failed' }
  const { edits, next } = answer.message
  const wanted = edits.filter((edit) => fields.length === 0 || fields.includes(edit.field))
  return { kind: 'ok', edits: wanted, ...(next === null ? {} : { next }) }
}

export async function readHistory({ shape, row, fields }: HistoryOf): Promise<History> {
  return historyOf(await getHistory(shape, row, fields), fields)
}

export async function readOlder(next: string, { fields }: HistoryOf): Promise<History> {
  return historyOf(await getOlderHistory(next), fields)
}
