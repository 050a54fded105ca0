import type { Conflict } from '../shapes/conflict'
import { readRow, type Row } from '../shapes/row'
import { rowKey } from '../shapes/touches'
import { byId } from './read'
import type { JournalRow, Phone } from './schema'

const read = (row: Row) => readRow('conflict', row)

export async function conflictsById(db: Phone, ids: readonly string[]): Promise<Map<string, Conflict>> {
  return byId(db, 'conflict', ids)
}

export async function conflictsOfCustomer(db: Phone, customer: string): Promise<Conflict[]> {
  return (await db.conflict.where('f.customer').equals(customer).toArray()).map(read)
}

export async function allConflicts(db: Phone): Promise<Conflict[]> {
  return (await db.conflict.toArray()).map(read)
}

/** Whether an own decision on it is under way; one that was put aside speaks for itself. */
async function isBeingDecided(db: Phone, id: string): Promise<boolean> {
  const decisions = db.journal.where('rows').equals(rowKey('conflict', id))
  return (await decisions.filter((entry) => entry.state === 'open' || entry.state === 'parked').count()) > 0
}

/** Of the conflicts these entries ran into, those that nobody has decided yet. */
export async function undecided(db: Phone, entries: readonly JournalRow[]): Promise<Set<string>> {
  const met = entries.flatMap((entry) => (entry.state === 'conflict' ? entry.conflicts.map((one) => one.id) : []))
  const rows = met.length === 0 ? new Map<string, Conflict>() : await conflictsById(db, met)
  const found = new Set<string>()
  for (const { id, closed_at } of rows.values()) if (closed_at === null && !(await isBeingDecided(db, id))) found.add(id)
  return found
}

/** Whether an entry still asks for a decision. */
export function asksForDecision(entry: JournalRow, open: ReadonlySet<string>): boolean {
  return entry.state === 'conflict' && entry.conflicts.some((one) => open.has(one.id))
}
