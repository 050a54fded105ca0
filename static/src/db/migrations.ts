import type { Dexie } from 'dexie'
import type { ShapeName } from '../shapes/row'

/** Raised when the base rows are kept differently: they are then dropped and fetched again. */
export const BASE_LAYOUT = 1

const BASE: Readonly<Record<ShapeName, string>> = {
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

/** Numbered list. Outbox, chain, journal and drafts are people's work: a step may add to them and never drops them. */
export function declareVersions(db: Dexie): void {
  db.version(1).stores({
    ...BASE,
    other: '[t+id]',
    outbox: 'n, &id',
    chain: 'n',
    journal: 'id, n, state, overlay, *rows',
    drafts: 'key',
    meta: 'key',
  })
}
