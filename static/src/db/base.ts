import { SHAPE_NAMES } from '../shapes/row'
import { forgetAnswers } from './journal'
import { readMeta, touchStamp, writeMeta } from './meta'
import type { Phone } from './schema'

/**
 * Starts a new generation: rows are fetched from the beginning, those of before stay in sight until they are swept.
 * The answers of before go with the cursor, or a phone that died in between would believe them for ever.
 */
export async function refetchBase(db: Phone, settledN: number | null): Promise<void> {
  await db.transaction('rw', [db.meta, db.journal], async () => {
    await restartBase(db)
    if (settledN !== null) await forgetAnswers(db, settledN)
  })
}

/** The rows' part of it, inside a transaction of the caller. */
export async function restartBase(db: Phone): Promise<void> {
  const cursor = await readMeta(db, 'cursor')
  const generation = (cursor?.generation ?? 0) + 1
  await writeMeta(db, 'cursor', { text: null, generation, isSweepDue: true })
  await db.meta.delete('leaving')
}

/** Forgets every row of the base and nothing a person wrote. */
export async function emptyBase(db: Phone): Promise<void> {
  for (const name of SHAPE_NAMES) await db[name].clear()
  await db.other.clear()
  await restartBase(db)
  await writeMeta(db, 'first_sync', { rows: 0, total: null, isDone: false })
  await db.meta.bulkDelete(['head_at', 'freshness'])
  await touchStamp(db)
}

/** Gives up the rows that take the most room. */
export async function shrinkBase(db: Phone): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    for (const table of [db.comment, db.visit, db.commitment, db.other]) await table.clear()
    await restartBase(db)
    await touchStamp(db)
  })
}

export async function clearBase(db: Phone): Promise<void> {
  await db.transaction('rw', db.tables, async () => emptyBase(db))
}
