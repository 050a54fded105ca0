import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import type { MetConflict, Settled } from '../shapes/settled'
import { entryOf, openDb, write } from '../testing/rig'
import { customerFields, makeWorld, type World } from '../testing/world'
import { countEntries, reopen } from './journal'
import { readMeta } from './meta'
import { append } from './outbox'
import { readCursor, writePage, type Page } from './page'
import type { Phone } from './schema'

let world: World
let db: Phone

beforeEach(async () => {
  world = makeWorld()
  db = await openDb(world)
})

afterEach(() => db.close())

async function edit(customer: string, memo = 'Ana'): Promise<string> {
  return write(db, 'customer.change', { customer, memo }, { from: { memo: '' } })
}

function conflictOf(customer: string, part: Fields = {}): Fields & { id: string } {
  const more = { id: newId(), customer, shape: 'customer', row: customer, names: ['memo'], base: [''], mine: ['Ana'], theirs: ['Ben'] }
  return { ...more, kept: 'mine', member: world.ana.id, closed_at: null, ...part } as Fields & { id: string }
}

async function take(part: Partial<Page>): Promise<void> {
  const cursor = await readCursor(db)
  const empty = { cursor: newId(), more: false, drop: [], rows: [], settled: [], settledN: null }
  const page: Page = { ...empty, serverTime: '2026-11-24T00:00:00.000Z', ...part }
  await writePage(db, { replica: (await readMeta(db, 'replica')) ?? '', cursor }, page)
}

async function hold(f: Fields & { id: string }): Promise<void> {
  await take({ rows: [{ s: ['t:n/base'], t: 'conflict', id: f.id, rv: newId(), op: 'put', f }] })
}

function met(entry: string, conflict: Fields & { id: string }): Settled {
  const one: MetConflict = { id: conflict.id, shape: 'customer', row: String(conflict.row), names: ['memo'] }
  return { n: 1, id: entry, state: 'conflict', seq: 5, code: null, params: {}, conflicts: [one] }
}

/** An edit of Ana's that met one of Ben's. */
async function ranInto(customer = newId()): Promise<{ entry: string; conflict: Fields & { id: string } }> {
  const entry = await edit(customer)
  const conflict = conflictOf(customer)
  await take({ settled: [met(entry, conflict)] })
  await hold(conflict)
  return { entry, conflict }
}

const attention = async () => (await countEntries(db)).attention

describe('an entry that ran into a conflict', () => {
  it('needs its writer until somebody has decided', async () => {
    const { conflict } = await ranInto()
    expect(await countEntries(db)).toMatchObject({ saved: 0, sent: 0, attention: 1, toDecide: 1 })
    await hold({ ...conflict, choice: 'keep', closed_at: '2026-11-24T01:00:00.000Z' })
    expect(await countEntries(db)).toMatchObject({ attention: 0, toDecide: 0 })
  })

  it('needs them no more while their own decision is on its way, and again when that one is given up', async () => {
    const { conflict } = await ranInto()
    const decision = await write(db, 'conflict.resolve', { conflict: conflict.id, choice: 'keep' })
    expect(await countEntries(db)).toMatchObject({ saved: 1, attention: 0 })
    await db.journal.update(decision, { state: 'parked', code: 'out_of_scope' })
    // The decision speaks for itself now.
    expect(await countEntries(db)).toMatchObject({ attention: 1, toDecide: 0 })
    await db.journal.update(decision, { state: 'discarded' })
    expect(await attention()).toBe(1)
  })

  it('needs nobody when the conflict is out of this phone’s reach', async () => {
    const entry = await edit(newId())
    await take({ settled: [met(entry, conflictOf(newId()))] })
    expect(await attention()).toBe(0)
  })

  it('tells of it also when it was sent once more and is known by then', async () => {
    const { entry } = await ranInto()
    await db.transaction('rw', [db.journal], async () => reopen(db.journal.toCollection()))
    expect(await countEntries(db)).toMatchObject({ saved: 1, attention: 0 })
    await take({ settled: [{ n: 1, id: entry, state: 'duplicate', seq: 9, code: null, params: {}, conflicts: [] }] })
    expect(await db.journal.get(entry)).toMatchObject({ state: 'conflict', conflicts: [{ names: ['memo'] }] })
    expect(await attention()).toBe(1)
  })

  it('makes screens look again when its conflict changes', async () => {
    const { conflict } = await ranInto()
    const before = await readMeta(db, 'stamp')
    await hold({ ...conflict, closed_at: '2026-11-24T01:00:00.000Z' })
    expect(await readMeta(db, 'stamp')).not.toBe(before)
  })

  it('ends the parked one it replaces', async () => {
    const customer = newId()
    const parked = await edit(customer)
    await db.journal.update(parked, { state: 'parked', code: 'too_long' })
    const next = await write(db, 'customer.change', { customer, memo: 'short' }, { from: { memo: '' }, supersedes: parked })
    await take({ settled: [met(next, conflictOf(customer))] })
    expect((await db.journal.get(parked))?.state).toBe('superseded')
  })
})

describe('what an edit rests on', () => {
  async function after(id: string): Promise<string[] | undefined> {
    const row = await db.outbox.where('id').equals(id).first()
    return (JSON.parse(row?.bytes ?? '{}') as { after?: string[] }).after
  }

  it('is every unsettled edit of the same row, also one that decides about it', async () => {
    const customer = newId()
    const first = await edit(customer)
    await edit(newId())
    const decision = entryOf('conflict.resolve', { conflict: newId(), choice: 'replace' }, { from: { memo: 'Ana' } })
    await append(db, decision, [`customer:${customer}`])
    expect(await after(decision.id)).toEqual([first])
    expect(await after(await edit(customer))).toEqual([first, decision.id])
  })

  it('is also what it is told to follow', async () => {
    const customer = newId()
    const first = await edit(customer)
    const later = await write(db, 'customer.change', { customer, memo: 'x' }, { from: { memo: 'Ana' }, after: ['other'] })
    expect(await after(later)).toEqual(['other', first])
  })

  it('is nothing for bringing a row back: what was written about it waits for that', async () => {
    const customer = newId()
    const parked = await edit(customer)
    await db.journal.update(parked, { state: 'parked', code: 'row_deleted' })
    const restore = await write(db, 'customer.restore', { customer })
    expect(await after(restore)).toBeUndefined()
    expect(await after(await write(db, 'entry.retry', { entry: parked }, { after: [restore] }))).toEqual([restore])
  })
})

describe('whom an entry is about', () => {
  it('is kept beside it, since the row may be gone when a person has to decide', async () => {
    const customer = newId()
    const site = newId()
    const kept = { rv: '1', s: ['a'], g: 1 }
    await db.customer.put({ ...kept, id: customer, f: customerFields(world, '대한철강') })
    await db.site.put({ ...kept, id: site, f: { customer, name: '본사' } })
    const ofSite = await write(db, 'site.change', { site, address: 'x' }, { from: { address: '' } })
    const entries = [await edit(customer), ofSite, await edit(newId())]
    await db.customer.clear()
    const about = { customer, name: '대한철강' }
    expect((await db.journal.bulkGet(entries)).map((row) => row?.about)).toEqual([about, about, undefined])
  })
})

describe('whose name is kept', () => {
  it('nobody’s, once there is nothing left to decide', async () => {
    const customer = newId()
    await db.customer.put({ id: customer, rv: '1', s: ['a'], g: 1, f: customerFields(world, '대한철강') })
    const [applied, parked] = [await edit(customer), await edit(customer)]
    const answer = { n: 1, seq: 5, params: {}, conflicts: [] }
    const settled: Settled[] = [
      { ...answer, id: applied, state: 'applied', code: null },
      { ...answer, id: parked, state: 'parked', code: 'row_deleted' },
    ]
    await take({ settled })
    expect((await db.journal.bulkGet([applied, parked])).map((row) => row?.about?.name)).toEqual(['', '대한철강'])
  })
})
