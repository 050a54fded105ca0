import { readEntry, type Entry } from '../shapes/entry'
import type { JournalRow, OutboxRow, Phone } from './schema'

/** An entry of this phone with what is known about it. */
export interface KnownEntry {
  journal: JournalRow
  entry: Entry
}

type Parsed = Map<string, Entry | undefined>

const MOST_PARSED = 5_000
const parsedOf = new WeakMap<Phone, Parsed>()

/** Bytes never change, so each is read once. */
function parse(db: Phone, row: OutboxRow): Entry | undefined {
  let parsed = parsedOf.get(db)
  if (parsed === undefined || parsed.size > MOST_PARSED) parsedOf.set(db, (parsed = new Map()))
  if (!parsed.has(row.id)) parsed.set(row.id, readEntry(row.bytes))
  return parsed.get(row.id)
}

/** The entries of these journal rows, in order of n. Those no version of this app wrote are left out. */
export async function entriesOf(db: Phone, journal: readonly JournalRow[]): Promise<KnownEntry[]> {
  const ordered = [...journal].sort((a, b) => a.n - b.n)
  const rows = await db.outbox.bulkGet(ordered.map((row) => row.n))
  return ordered.flatMap((known, index) => {
    const row = rows[index]
    const entry = row === undefined ? undefined : parse(db, row)
    return entry === undefined ? [] : [{ journal: known, entry }]
  })
}

export async function parkedEntry(db: Phone, id: string): Promise<KnownEntry | undefined> {
  const journal = await db.journal.get(id)
  return journal?.state === 'parked' ? (await entriesOf(db, [journal]))[0] : undefined
}
