import type { JournalRow, Phone } from '../db/schema'
import { announce } from '../db/changes'
import { touchStamp, writeMeta } from '../db/meta'
import { readEntry, type Entry } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import type { Row, ShapeName } from '../shapes/row'
import { customerFields, type World } from './world'

/** Puts rows into the base as a page would. */
export async function hold(db: Phone, name: ShapeName, id: string, f: Fields): Promise<string> {
  const row: Row = { id, rv: `${Math.random()}`, s: ['org/base'], g: 1, f: { id, ...f } }
  await db.transaction('rw', [db[name], db.meta], async () => {
    await db[name].put(row)
    await touchStamp(db)
  })
  announce(db, { rows: { [name]: [id] } })
  return id
}

export async function holdCustomer(db: Phone, world: World, name: string, part: Fields = {}): Promise<string> {
  return hold(db, 'customer', newId(), { ...customerFields(world, name), ...part })
}

/** A phone that has had its first sync. */
export async function settleIn(db: Phone, world: World, me = world.ana): Promise<void> {
  const organization = { id: world.org, name: 'Hanbit', time_zone: 'Asia/Seoul', currency: 'KRW', language: 'ko' }
  for (const member of [world.ana, world.ben, world.mia, world.jun]) await hold(db, 'member', member.id, { ...member })
  await hold(db, 'team', world.team, { name: 'North', lead: world.mia.id })
  await hold(db, 'territory', world.north, { name: 'North', is_active: true })
  await hold(db, 'organization', world.org, organization)
  await writeMeta(db, 'me', { member: me, organization, email: 'ana@example.com' })
  await writeMeta(db, 'first_sync', { rows: 6, total: 6, isDone: true })
}

/** What was said and is not handed in yet, in order. */
export async function entries(db: Phone): Promise<Entry[]> {
  return (await db.outbox.orderBy('n').toArray()).flatMap((row) => readEntry(row.bytes) ?? [])
}

/** What the server answered to an entry. */
export async function settle(db: Phone, entry: string, part: Partial<JournalRow>): Promise<void> {
  await db.transaction('rw', [db.journal, db.meta], async () => {
    await db.journal.update(entry, part)
    await touchStamp(db)
  })
}
