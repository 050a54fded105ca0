import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../shapes/id'
import type { Settled } from '../shapes/settled'
import { openDb, write } from '../testing/rig'
import { makeWorld } from '../testing/world'
import { pruneJournal, settle } from './journal'
import { readMeta, writeMeta } from './meta'
import { readCursor, writePage, type Page } from './page'
import type { Phone } from './schema'

let db: Phone

beforeEach(async () => {
  db = await openDb(makeWorld())
})

afterEach(() => db.close())

async function plan(): Promise<string> {
  return write(db, 'visit.plan', { visit: newId(), customer: newId(), planned_for: '2026-11-24' })
}

function settled(id: string, state: Settled['state'], seq: number): Settled {
  return { n: 1, id, state, seq, code: null, params: {}, conflicts: [] }
}

async function take(part: Partial<Page>): Promise<boolean> {
  const cursor = await readCursor(db)
  const page: Page = { cursor: newId(), more: false, drop: [], rows: [], settled: [], settledN: null, serverTime: '2026-11-24T00:00:00.000Z', ...part }
  return (await writePage(db, { replica: (await readMeta(db, 'replica')) ?? '', cursor }, page)) !== undefined
}

describe('a settlement', () => {
  it('I10: takes no overlay away before the last page', async () => {
    const entry = await plan()
    await take({ more: true, settled: [settled(entry, 'applied', 5)] })
    expect(await db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 1 })
    await take({ more: false })
    expect(await db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
  })

  it('of a later number wins, whichever comes first', async () => {
    const entry = await plan()
    await take({ settled: [settled(entry, 'applied', 9), settled(entry, 'parked', 5)] })
    expect((await db.journal.get(entry))?.state).toBe('applied')
  })

  it('as duplicate ends what was parked: the same entry was applied under another name', async () => {
    const entry = await plan()
    await take({ settled: [settled(entry, 'parked', 5), settled(entry, 'duplicate', 9)] })
    expect(await db.journal.get(entry)).toMatchObject({ state: 'duplicate', overlay: 0 })
  })

  it.each(['conflict', 'discarded', 'superseded'] as const)('as duplicate says nothing about what is %s: that is more', async (state) => {
    const entry = await plan()
    await take({ settled: [settled(entry, state, 5), settled(entry, 'duplicate', 9)] })
    expect((await db.journal.get(entry))?.state).toBe(state)
  })

  it('as parked shows the entry again, had it been applied in a history that is lost', async () => {
    const entry = await plan()
    await take({ settled: [settled(entry, 'applied', 5)] })
    expect(await db.journal.get(entry)).toMatchObject({ overlay: 0 })
    await take({ settled: [settled(entry, 'parked', 9)] })
    expect(await db.journal.get(entry)).toMatchObject({ state: 'parked', overlay: 1 })
  })

  it('of a discard settles what was discarded, should the server not say so itself', async () => {
    const parked = await plan()
    await take({ settled: [settled(parked, 'parked', 5)] })
    const discard = await write(db, 'entry.discard', { entry: parked })
    await take({ settled: [settled(discard, 'applied', 6)] })
    expect(await db.journal.get(parked)).toMatchObject({ state: 'discarded', overlay: 0 })
  })

  it('of an entry this phone does not know changes nothing', async () => {
    await db.transaction('rw', db.tables, async () => settle(db, [settled(newId(), 'applied', 5)], ''))
    expect(await db.journal.count()).toBe(0)
  })
})

describe('a page', () => {
  it('that was asked for from another place is not taken', async () => {
    const cursor = await readCursor(db)
    const replica = (await readMeta(db, 'replica')) ?? ''
    await take({ cursor: 'further' })
    const late = { cursor: 'late', more: false, drop: [], rows: [], settled: [], settledN: null, serverTime: '' }
    expect(await writePage(db, { replica, cursor }, late)).toBeUndefined()
    expect(await writePage(db, { replica: 'another', cursor: await readCursor(db) }, late)).toBeUndefined()
    expect((await readCursor(db)).text).toBe('further')
  })
})

describe('the journal', () => {
  it('forgets what was settled long ago and keeps its place in the chain', async () => {
    const [old, open, recent] = [await plan(), await plan(), await plan()]
    await writeMeta(db, 'received', 3)
    await db.journal.update(old, { state: 'applied', overlay: 0, settledAt: '2026-10-01T00:00:00.000Z' })
    await db.journal.update(open, { settledAt: '2026-10-01T00:00:00.000Z' })
    await db.journal.update(recent, { state: 'applied', overlay: 0, settledAt: '2026-11-20T00:00:00.000Z' })
    expect(await pruneJournal(db, '2026-10-20T00:00:00.000Z')).toBe(1)
    expect(await db.outbox.toCollection().primaryKeys()).toEqual([2, 3])
    expect(await db.chain.count()).toBe(3)
    expect(await db.journal.get(open)).toBeDefined()
  })
})
