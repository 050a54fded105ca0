import { Dexie } from 'dexie'
import { emptyBase } from './base'
import { dropMarker } from './marker'
import { readMeta } from './meta'
import type { Phone } from './schema'

/** What only helps while its member is at work. What identifies the outbox to the server stays with the outbox. */
const PASSING = ['me', 'freshness', 'parked', 'phones', 'refetch', 'given_up', 'leaving', 'last_in_at'] as const

export interface Wiped {
  /** entries the server does not hold; they are kept until somebody has taken them as a file */
  unsent: number
}

/**
 * Forgets everything of this member: rows, drafts, and what was learned of others. Outbox and journal go too once the
 * server holds all of it; while it does not, they stay, unless `isMeant` is false: then nothing is done at all.
 * Answers undefined in that case. One transaction, so that nothing written meanwhile slips through.
 */
export async function wipe(db: Phone, isMeant: (unsent: number) => boolean): Promise<Wiped | undefined> {
  const wiped = await db.transaction('rw', db.tables, async () => {
    const tail = await readMeta(db, 'tail')
    const unsent = (tail?.n ?? 0) - ((await readMeta(db, 'received')) ?? 0)
    if (!isMeant(unsent)) return undefined
    await emptyBase(db)
    await db.drafts.clear()
    await db.meta.bulkDelete([...PASSING])
    if (unsent > 0) return { unsent }
    // The next one to open it is a phone that has never been here.
    for (const table of [db.outbox, db.chain, db.journal, db.meta]) await table.clear()
    return { unsent }
  })
  if (wiped?.unsent === 0) dropMarker(db)
  return wiped
}

/** Takes the emptied database itself away. A tab that still has it open lets go by itself. */
export async function removePhone(name: string): Promise<void> {
  await Dexie.delete(name)
}
