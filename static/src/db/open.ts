import { Dexie } from 'dexie'
import { newReplica } from '../shapes/id'
import { CHAIN_START } from '../shapes/chainStart'
import { emptyBase } from './base'
import { BASE_LAYOUT, declareVersions } from './migrations'
import { noteLoss } from './loss'
import { lostWith, writeMarker } from './marker'
import { readMeta, writeMeta } from './meta'
import type { Phone } from './schema'

export function phoneName(org: string, member: string): string {
  return `fieldops-${org}-${member}`
}

function declare(org: string, memberId: string): Phone {
  const db = new Dexie(phoneName(org, memberId), {
    // A battery may die right after a save: the browser must have flushed it.
    chromeTransactionDurability: 'strict',
    // The cache would show entries before they are on the disk.
    cache: 'disabled',
  })
  declareVersions(db)
  return Object.assign(db, { org, memberId }) as Phone
}

async function prepare(db: Phone): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    if ((await readMeta(db, 'replica')) === undefined) {
      await writeMeta(db, 'replica', newReplica())
      await writeMeta(db, 'tail', { n: 0, hash: CHAIN_START })
      await writeMeta(db, 'received', 0)
      const loss = lostWith(db)
      if (loss !== undefined) await noteLoss(db, loss)
      writeMarker(db, { written: 0, received: 0 })
    }
    if ((await readMeta(db, 'base_layout')) !== BASE_LAYOUT) {
      await emptyBase(db)
      await writeMeta(db, 'base_layout', BASE_LAYOUT)
    }
  })
}

/** Opens the database of one member, and of nobody else. */
export async function openPhone(org: string, memberId: string): Promise<Phone> {
  const db = declare(org, memberId)
  await db.open()
  await prepare(db)
  return db
}
