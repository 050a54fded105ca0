import { digest, link } from '../shapes/chain'
import { CHAIN_START } from '../shapes/chainStart'
import { restartBase } from './base'
import { reopen } from './journal'
import { readMeta, touchStamp, writeMeta } from './meta'
import type { ChainRow, OutboxRow, Phone } from './schema'

interface Renewal {
  rows: OutboxRow[]
  chain: ChainRow[]
  /** how long the outbox was when it was read */
  length: number
}

async function plan(db: Phone): Promise<Renewal> {
  const { tail, old } = await db.transaction('r', [db.meta, db.outbox], async () => {
    const end = await readMeta(db, 'tail')
    return { tail: end, old: await db.outbox.orderBy('n').toArray() }
  })
  let hash = CHAIN_START
  const rows = old.map((row, index) => ({ ...row, n: index + 1 }))
  const chain = rows.map((row) => ({ n: row.n, hash: (hash = link(hash, digest(row.bytes))) }))
  return { rows, chain, length: tail?.n ?? 0 }
}

async function carryOut(db: Phone, renewal: Renewal, replica: string): Promise<boolean> {
  const { rows, chain, length } = renewal
  return db.transaction('rw', [db.meta, db.outbox, db.chain, db.journal], async () => {
    const tail = await readMeta(db, 'tail')
    // Something was saved while the hashes were made: make them again.
    if (tail?.n !== length) return false
    await db.outbox.clear()
    await db.chain.clear()
    await db.outbox.bulkAdd(rows)
    await db.chain.bulkAdd(chain)
    for (const row of rows) await db.journal.update(row.id, { n: row.n })
    await reopen(db.journal.toCollection())
    await writeMeta(db, 'replica', replica)
    await writeMeta(db, 'tail', { n: rows.length, hash: chain.at(-1)?.hash ?? CHAIN_START })
    await writeMeta(db, 'received', 0)
    // A cursor belongs to the replica it was given to.
    await restartBase(db)
    await touchStamp(db)
    return true
  })
}

/**
 * Starts a new history: same entries, same ids, same bytes, counted anew. For when the server holds another
 * history under the old name, as after a phone backup that came to life on a second phone.
 */
export async function renewReplica(db: Phone, replica: string): Promise<void> {
  while (!(await carryOut(db, await plan(db), replica)));
}
