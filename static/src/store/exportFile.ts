import { currentPhone } from '../db/current'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'

/** Entries the server does not hold, and parked ones, with what is needed to check and import them elsewhere. */
export async function unsentFile(db: Phone): Promise<Blob> {
  const content = await db.transaction('r', [db.meta, db.outbox, db.chain, db.journal], async () => {
    const received = (await readMeta(db, 'received')) ?? 0
    const unsent = await db.outbox.where('n').above(received).toArray()
    const parked = await db.journal.where('state').equals('parked').primaryKeys()
    const hashes = await db.chain.bulkGet(unsent.map((row) => row.n))
    const replica = await readMeta(db, 'replica')
    const kept = await db.outbox.where('id').anyOf(parked).toArray()
    return {
      format: 'fieldops-unsent/1',
      organization: db.org,
      member: db.memberId,
      replica,
      received_n: received,
      made_at: new Date().toISOString(),
      entries: unsent.map((row, index) => ({ n: row.n, chain: hashes[index]?.hash, entry: row.bytes })),
      parked: kept.filter((row) => row.n <= received).map((row) => ({ n: row.n, entry: row.bytes })),
    }
  })
  return new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' })
}

/** Everything unsent as plain JSON with its hashes, for an administrator to import. */
export async function exportUnsent(): Promise<Blob> {
  const phone = currentPhone()
  if (phone === undefined) throw new Error('nobody is signed in')
  return unsentFile(phone)
}
