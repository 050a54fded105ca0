import { setCurrentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import { settleIn } from './office'
import { openDb } from './rig'
import type { World } from './world'

/** A phone at work: it has had its first sync, and it is the one that actions write to and screens read. */
export async function takeUp(world: World, me = world.ana): Promise<Phone> {
  const db = await openDb(world, me)
  await settleIn(db, world, me)
  setCurrentPhone(db)
  return db
}

export function layDown(db: Phone): void {
  setCurrentPhone(undefined)
  db.close()
}
