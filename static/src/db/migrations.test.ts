import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { newId } from '../shapes/id'
import { readMeta } from './meta'
import { openPhone, phoneName } from './open'

/** As versions were shipped: frozen. */
const FIRST = {
  organization: 'id', member: 'id', team: 'id', territory: 'id', product: 'id', customer: 'id',
  site: 'id, f.customer', contact: 'id, f.customer',
  visit: 'id, f.customer, [f.member+f.planned_for], f.logged_at, f.arrived_at',
  commitment: 'id, f.customer, f.visit, [f.state+f.due_on]', comment: 'id, f.visit', other: '[t+id]',
  outbox: 'n, &id', chain: 'n', journal: 'id, n, state, overlay, *rows', drafts: 'key', meta: 'key',
}
const NEEDS = {
  theme: 'id', need: 'id, f.title, f.merged_into', tally: 'id', voice: 'id, f.need, f.customer, f.sign',
  question: 'id, f.need', asking: 'id, f.question, f.customer', answer: 'id, f.asking', joining: 'id, f.visit',
  reply: 'id, f.need, f.customer, [f.member+f.state]', notification: 'id, f.made_at, f.read_at', preference: 'id',
}
const OF_TICKETS = ['ticket', 'cause', 'help', 'sla_policy']
const SHIPPED = [
  { version: 1, stores: FIRST, learnt: ['conflict', 'need', 'voice', 'preference', 'asset', ...OF_TICKETS] },
  { version: 2, stores: { ...FIRST, conflict: 'id, f.customer' }, learnt: ['need', 'voice', 'preference', 'asset', ...OF_TICKETS] },
  { version: 3, stores: { ...FIRST, conflict: 'id, f.customer', ...NEEDS }, learnt: ['asset', ...OF_TICKETS] },
  { version: 4, stores: { ...FIRST, conflict: 'id, f.customer', ...NEEDS, asset: 'id, f.customer, f.site' }, learnt: OF_TICKETS },
]

const row = { rv: '1', s: ['t:n/base'], g: 1 }

describe('a phone of a version before', () => {
  it.each(SHIPPED)('I16: of version $version keeps its queue, its drafts and its base, and knows what it had kept aside', async (shipped) => {
    const { version, stores, learnt } = shipped
    const [org, member] = [newId(), newId()]
    const old = new Dexie(phoneName(org, member))
    old.version(version).stores(stores)
    await old.table('meta').bulkPut([
      { key: 'replica', value: 'r' },
      { key: 'base_layout', value: 1 },
      { key: 'first_sync', value: { rows: 2, total: 2, isDone: true } },
    ])
    await old.table('other').bulkPut([...learnt, 'order'].map((t) => ({ ...row, t, id: `one ${t}`, f: { customer: 'c' } })))
    await old.table('customer').put({ ...row, id: 'c', f: {} })
    await old.table('outbox').put({ n: 1, id: 'e', v: 1, bytes: '{}' })
    await old.table('drafts').put({ key: 'record', json: '{}' })
    old.close()
    const phone = await openPhone(org, member)
    for (const t of learnt) expect(await phone.table(t).toArray()).toEqual([{ ...row, id: `one ${t}`, f: { customer: 'c' } }])
    expect(await phone.ticket.where('f.customer').equals('c').count()).toBe(1)
    expect((await phone.other.toArray()).map((one) => one.t)).toEqual(['order'])
    expect([await phone.customer.count(), await phone.outbox.count(), await phone.drafts.count()]).toEqual([1, 1, 1])
    expect(await readMeta(phone, 'first_sync')).toMatchObject({ isDone: true })
    phone.close()
  })
})
