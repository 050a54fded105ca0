import type { Dexie, Transaction } from 'dexie'
import type { ShapeName } from '../shapes/row'
import type { OtherRow } from './schema'

/** Raised when the base rows are kept differently: they are then dropped and fetched again. */
export const BASE_LAYOUT = 1

const FIRST_BASE: Readonly<Record<Exclude<ShapeName, 'conflict'>, string>> = {
  organization: 'id',
  member: 'id',
  team: 'id',
  territory: 'id',
  product: 'id',
  customer: 'id',
  site: 'id, f.customer',
  contact: 'id, f.customer',
  visit: 'id, f.customer, [f.member+f.planned_for], f.logged_at, f.arrived_at',
  commitment: 'id, f.customer, f.visit, [f.state+f.due_on]',
  comment: 'id, f.visit',
}

/** Rows of a shape that this version is the first to know were kept aside: a phone without a signal has them at once. */
async function adopt(upgrade: Transaction, name: ShapeName): Promise<void> {
  const kept = (await upgrade.table<OtherRow>('other').filter((row) => row.t === name).toArray()).map(({ t: _, ...row }) => row)
  await upgrade.table(name).bulkPut(kept)
  await upgrade.table('other').bulkDelete(kept.map((row) => [name, row.id]))
}

/** Numbered list. Outbox, chain, journal and drafts are people's work: a step may add to them and never drops them. */
export function declareVersions(db: Dexie): void {
  db.version(1).stores({
    ...FIRST_BASE,
    other: '[t+id]',
    outbox: 'n, &id',
    chain: 'n',
    journal: 'id, n, state, overlay, *rows',
    drafts: 'key',
    meta: 'key',
  })
  db.version(2)
    .stores({ conflict: 'id, f.customer' })
    .upgrade(async (upgrade) => adopt(upgrade, 'conflict'))
}
