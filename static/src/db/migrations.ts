import type { Dexie, Transaction } from 'dexie'
import type { ShapeName } from '../shapes/row'
import type { OtherRow } from './schema'

/** Raised when the base rows are kept differently: they are then dropped and fetched again. */
export const BASE_LAYOUT = 1

const NEEDS = {
  theme: 'id',
  need: 'id, f.title, f.merged_into',
  tally: 'id',
  voice: 'id, f.need, f.customer, f.sign',
  question: 'id, f.need',
  asking: 'id, f.question, f.customer',
  answer: 'id, f.asking',
  joining: 'id, f.visit',
  reply: 'id, f.need, f.customer, [f.member+f.state]',
  notification: 'id, f.made_at, f.read_at',
  preference: 'id',
} as const

const TICKETS = {
  chip: 'id, f.sort',
  business_calendar: 'id',
  sla_policy: 'id',
  ticket: 'id, f.customer, f.asset, f.member, f.assignee, f.solved_by, f.state, f.part_of, f.cause',
  cause: 'id, f.customer, f.state',
  message: 'id, f.ticket',
  help: 'id, f.ticket',
} as const

type Later = keyof typeof NEEDS | keyof typeof TICKETS | 'conflict' | 'asset'

const FIRST_BASE: Readonly<Record<Exclude<ShapeName, Later>, string>> = {
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

/** Rows of shapes that this version is the first to know were kept aside: a phone without a signal has them at once. */
async function adopt(upgrade: Transaction, names: readonly string[]): Promise<void> {
  const other = upgrade.table<OtherRow>('other')
  const kept = await other.filter((row) => names.includes(row.t)).toArray()
  for (const name of names) {
    await upgrade.table(name).bulkPut(kept.filter((row) => row.t === name).map(({ t: _, ...row }) => row))
  }
  await other.bulkDelete(kept.map((row) => [row.t, row.id]))
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
    .upgrade(async (upgrade) => adopt(upgrade, ['conflict']))
  db.version(3)
    .stores(NEEDS)
    .upgrade(async (upgrade) => adopt(upgrade, Object.keys(NEEDS)))
  db.version(4)
    .stores({ asset: 'id, f.customer, f.site' })
    .upgrade(async (upgrade) => adopt(upgrade, ['asset']))
  db.version(5)
    .stores(TICKETS)
    .upgrade(async (upgrade) => adopt(upgrade, Object.keys(TICKETS)))
}
