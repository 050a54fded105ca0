import { CHAIN_START } from '../shapes/chainStart'
import { reopen } from './journal'
import { markReceived } from './marker'
import { readMeta, touchStamp, writeMeta } from './meta'
import type { Phone } from './schema'

/** What every answer says about this phone's own entries. */
export interface Receipt {
  received_n: number
  chain: string
}

/** Who this phone is to the server, how much of its outbox the server holds, and how long the outbox is. */
export interface Standing {
  replica: string
  received: number
  length: number
}

export async function readStanding(db: Phone): Promise<Standing> {
  return db.transaction('r', db.meta, async () => {
    const replica = await readMeta(db, 'replica')
    const received = await readMeta(db, 'received')
    const tail = await readMeta(db, 'tail')
    return { replica: replica ?? '', received: received ?? 0, length: tail?.n ?? 0 }
  })
}

/** agreed: the server holds what it says. estranged: it speaks of a history that is not this phone's. */
export type Verdict = 'agreed' | 'estranged'

async function ownChain(db: Phone, n: number): Promise<string | undefined> {
  return n === 0 ? CHAIN_START : (await db.chain.get(n))?.hash
}

/**
 * Believes a receipt only when the chain is this phone's own at that length.
 * `before` is what the phone believed when it asked: an answer that lost a race must not turn time back.
 */
export async function recordReceipt(db: Phone, receipt: Receipt, before: number): Promise<Verdict> {
  const { received_n: n, chain } = receipt
  const verdict = await db.transaction('rw', [db.meta, db.chain, db.journal], async () => {
    const tail = await readMeta(db, 'tail')
    if (n > (tail?.n ?? 0) || (await ownChain(db, n)) !== chain) return 'estranged'
    const received = (await readMeta(db, 'received')) ?? 0
    if (n === received || (n < received && before !== received)) return 'agreed'
    // The server knows less than it had acknowledged (it was restored): those entries are unsent again, and shown as such.
    if (n < received) await reopen(db.journal.where('n').above(n))
    await writeMeta(db, 'received', n)
    await touchStamp(db)
    return 'agreed'
  })
  if (verdict === 'agreed') markReceived(db, n)
  return verdict
}
