import { SHAPE_NAMES, type ShapeName } from '../shapes/row'
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

/** What is only read, and in great numbers. */
const SAID = ['comment', 'voice', 'answer', 'notification', 'message'] as const
/** What people work with day by day. */
const WORK = ['visit', 'commitment', 'need', 'tally', 'question', 'asking', 'reply', 'joining', 'ticket', 'cause', 'help'] as const

async function giveUpRows(db: Phone, names: readonly ShapeName[]): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    for (const name of names) await db[name].clear()
    await db.other.clear()
    await restartBase(db)
    await touchStamp(db)
  })
}

export async function giveUpSaid(db: Phone): Promise<void> {
  await giveUpRows(db, SAID)
}

/** Customers and people stay to the last: without them nothing can be written down. */
export async function shrinkBase(db: Phone): Promise<void> {
  await giveUpRows(db, [...SAID, ...WORK])
}

export async function clearBase(db: Phone): Promise<void> {
  await db.transaction('rw', db.tables, async () => emptyBase(db))
}
