import { setCurrentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import { holdCustomer, settleIn } from './office'
import { openDb } from './rig'
import { makeWorld, type World } from './world'

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

/** A phone at work, with two customers on it. */
export interface Round {
  world: World
  db: Phone
  steel: string
  glass: string
}

export async function startRound(world = makeWorld(), me = world.ana): Promise<Round> {
  const db = await takeUp(world, me)
  const steel = await holdCustomer(db, world, '대한철강')
  const glass = await holdCustomer(db, world, '평화유리')
  return { world, db, steel, glass }
}
