import { byteLength, digest, link } from '../shapes/chain'
import { readEntry, writeEntry, type Entry } from '../shapes/entry'
import { touches, type Touches } from '../shapes/touches'
import { announce } from './changes'
import { markWritten } from './marker'
import { aboutWhom, tablesOfAbout, type About } from './about'
import { readMeta, type Meta } from './meta'
import type { JournalRow, OutboxRow, Phone } from './schema'
import { makingRoom } from './room'

/** The server takes 64 KB; half of it is refused here already, while the person can still shorten the text. */
export const MAX_ENTRY_BYTES = 32_768

/** The server reads no more. The latest rest on the earlier ones anyway. */
const MOST_AFTER = 50

export class EntryTooLarge extends Error {}

interface Place {
  tail: Meta['tail']
  after: string[]
  about: About | undefined
  /** a save that was repeated after a lost connection had gone in the first time */
  isSaved: boolean
}

/** Open and parked entries of this phone that the new one rests on. */
async function restsOn(db: Phone, touched: Touches): Promise<string[]> {
  const keys = [...touched.rows, ...touched.refs]
  if (keys.length === 0) return []
  const open = await db.journal.where('rows').anyOf(keys).distinct().and(isUnsettled).sortBy('n')
  const isParked = open.some((entry) => entry.state === 'parked')
  const dealtWith = isParked ? await targets(db) : new Set<string>()
  const ids = open.map((entry) => entry.id).filter((id) => !dealtWith.has(id))
  return ids.slice(-MOST_AFTER)
}

/** A parked entry that is being replaced or discarded must not hold back what comes after. */
async function targets(db: Phone): Promise<Set<string>> {
  const open = await db.journal.where('state').equals('open').toArray()
  return new Set(open.flatMap((entry) => (entry.target === undefined || entry.kind === 'entry.retry' ? [] : [entry.target])))
}

function isUnsettled(entry: JournalRow): boolean {
  return entry.state === 'open' || entry.state === 'parked'
}

/**
 * An entry that replaces another takes its place: it rests on what that one rested on. What was written about the row
 * since waits for this very place, so resting on that would be waiting for each other; and so does what the entry rests
 * on in a circle.
 */
async function placeOf(db: Phone, replaced: string): Promise<string[]> {
  const ahead: string[] = []
  for (const id of await unsettledAhead(db, replaced)) {
    if (!(await waitsFor(db, id, replaced))) ahead.push(id)
  }
  return ahead
}

/** Entries of this phone that this one rests on and that have no final answer. */
async function unsettledAhead(db: Phone, id: string): Promise<string[]> {
  const row = await db.outbox.where('id').equals(id).first()
  const after = readEntry(row?.bytes ?? '')?.after ?? []
  const open = (await db.journal.bulkGet(after)).filter((entry) => entry !== undefined && isUnsettled(entry))
  return open.flatMap((entry) => entry?.id ?? [])
}

/** Whether an entry rests on the other one, by way of others too. */
async function waitsFor(db: Phone, id: string, other: string): Promise<boolean> {
  const seen = new Set<string>()
  const ahead = [id]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (next === other) return true
    if (seen.has(next)) continue
    seen.add(next)
    ahead.push(...(await unsettledAhead(db, next)))
  }
  return false
}

async function afterOf(db: Phone, entry: Entry, touched: Touches): Promise<string[]> {
  const named = entry.after ?? []
  if (touched.isFirst) return named
  const found = entry.supersedes === undefined ? await restsOn(db, touched) : await placeOf(db, entry.supersedes)
  return [...new Set([...named, ...found])]
}

async function look(db: Phone, entry: Entry, touched: Touches): Promise<Place> {
  return db.transaction('r', [db.meta, db.outbox, db.journal, ...tablesOfAbout(db)], async () => {
    const asked = [readMeta(db, 'tail'), db.journal.get(entry.id), afterOf(db, entry, touched), aboutWhom(db, entry)] as const
    const [tail, saved, after, about] = await Promise.all(asked)
    if (tail === undefined) throw new Error('this database has no outbox')
    return { tail, after, about, isSaved: saved !== undefined }
  })
}

function journalOf(n: number, entry: Entry, touched: Touches, about: About | undefined): JournalRow {
  return {
    id: entry.id,
    n,
    kind: entry.kind,
    at: entry.at,
    rows: touched.rows,
    state: 'open',
    seq: 0,
    code: null,
    params: {},
    conflicts: [],
    overlay: 1,
    ...(touched.target === undefined ? {} : { target: touched.target }),
    ...(about === undefined ? {} : { about }),
  }
}

/** False when another tab was quicker: n and hash have to be made anew. */
async function put(db: Phone, row: OutboxRow, hash: string, journal: JournalRow): Promise<boolean> {
  return db.transaction('rw', [db.meta, db.outbox, db.chain, db.journal], async () => {
    const [tail, stamp] = (await db.meta.bulkGet(['tail', 'stamp'])) as [{ value: Meta['tail'] }, { value: number } | undefined]
    if (tail.value.n !== row.n - 1) return false
    // Asked for in one breath: each wait for an answer would cost a phone milliseconds.
    await Promise.all([
      db.outbox.add(row),
      db.chain.put({ n: row.n, hash }),
      db.journal.add(journal),
      db.meta.bulkPut([
        { key: 'tail', value: { n: row.n, hash } },
        { key: 'stamp', value: (stamp?.value ?? 0) + 1 },
      ]),
    ])
    return true
  })
}

async function write(db: Phone, entry: Entry, alsoTouched: readonly string[]): Promise<void> {
  const own = touches(entry)
  const touched = { ...own, rows: [...new Set([...own.rows, ...alsoTouched])] }
  for (;;) {
    const { tail, after, about, isSaved } = await look(db, entry, touched)
    if (isSaved) return
    const bytes = writeEntry(after.length === 0 ? entry : { ...entry, after })
    if (byteLength(bytes) > MAX_ENTRY_BYTES) throw new EntryTooLarge()
    const n = tail.n + 1
    const hash = link(tail.hash, digest(bytes))
    if (await put(db, { n, id: entry.id, v: entry.v, bytes }, hash, journalOf(n, entry, touched, about))) {
      markWritten(db, n)
      return
    }
  }
}

const queues = new WeakMap<Phone, Promise<void>>()

/** Appends an entry to the outbox. When it returns, the entry is on the disk. `alsoTouched` are rows its kind does not tell. */
export async function append(db: Phone, entry: Entry, alsoTouched: readonly string[] = []): Promise<void> {
  const before = queues.get(db) ?? Promise.resolve()
  const mine = before.then(() => makingRoom(db, () => write(db, entry, alsoTouched)))
  queues.set(db, mine.catch(() => undefined))
  await mine
  announce(db, { isAppended: true, rows: {} })
}

/** The entries after n, in order, as many as fit. */
export async function entriesAfter(db: Phone, n: number, maxEntries: number, maxBytes: number): Promise<OutboxRow[]> {
  const rows = await db.outbox.where('n').above(n).limit(maxEntries).toArray()
  let bytes = 0
  const count = rows.findIndex((row) => (bytes += byteLength(row.bytes)) > maxBytes)
  return count === -1 ? rows : rows.slice(0, Math.max(count, 1))
}
