import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../shapes/id'
import { openDb, write } from '../testing/rig'
import { makeWorld, type World } from '../testing/world'
import { giveUpSaid } from './base'
import { readMeta } from './meta'
import { readCursor, writePage, type Page } from './page'
import { giveUpMonths } from './room'
import type { Phone } from './schema'

let world: World
let db: Phone

beforeEach(async () => {
  world = makeWorld()
  db = await openDb(world)
})

afterEach(() => {
  vi.restoreAllMocks()
  db.close()
})

const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11']

async function fill(): Promise<void> {
  for (const month of MONTHS) await db.visit.put({ id: month, rv: '1', s: [`t:x/${month}`], g: 1, f: {} })
  await db.visit.put({ id: 'open', rv: '1', s: ['t:x/base'], g: 1, f: {} })
  await db.visit.put({ id: 'both', rv: '1', s: ['t:x/2026-08', 'u:y/base'], g: 1, f: {} })
  await db.customer.put({ id: 'c', rv: '1', s: ['t:x/base'], g: 1, f: {} })
}

const plan = () => write(db, 'visit.plan', { visit: newId(), customer: newId(), planned_for: '2026-11-24' })

/** There is no room for an entry while more visits than these are held. */
function roomFor(visits: number): void {
  const add = IDBObjectStore.prototype.add
  let held = Number.POSITIVE_INFINITY
  const { delete: remove, clear } = IDBObjectStore.prototype
  const count = (store: IDBObjectStore) => {
    if (store.name !== 'visit') return
    const asked = store.count()
    asked.onsuccess = () => (held = asked.result)
  }
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, key) {
    const request = remove.call(this, key)
    count(this)
    return request
  })
  vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(function (this: IDBObjectStore) {
    const request = clear.call(this)
    count(this)
    return request
  })
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (held > visits && this.name === 'outbox') throw new DOMException('no room', 'QuotaExceededError')
    return add.apply(this, args)
  })
}

async function visits(): Promise<string[]> {
  return (await db.visit.toCollection().primaryKeys()).sort()
}

describe('a phone without room', () => {
  it('gives up the older half of the months, and no more than it must', async () => {
    await fill()
    await db.drafts.put({ key: 'record', json: '{}' })
    roomFor(4)
    await plan()
    expect(await db.outbox.count()).toBe(1)
    expect(await visits()).toEqual(['2026-10', '2026-11', 'both', 'open'])
    expect(await db.customer.count()).toBe(1)
    expect(await db.drafts.count()).toBe(1)
    expect((await db.visit.get('both'))?.s).toEqual(['u:y/base'])
    expect(await readMeta(db, 'given_up')).toEqual({ keptFrom: '2026-10', isSeen: false })
  })

  it('gives up one month after the other before it touches what is open', async () => {
    await fill()
    roomFor(3)
    await plan()
    expect(await visits()).toEqual(['2026-11', 'both', 'open'])
    expect(await db.customer.count()).toBe(1)
  })

  it('gives up rows before it refuses a text', async () => {
    await fill()
    roomFor(0)
    await plan()
    expect(await db.outbox.count()).toBe(1)
    expect(await visits()).toEqual([])
    expect(await db.customer.count()).toBe(1)
  })

  it('lets go of what is only read before it touches what people work with', async () => {
    await fill()
    await db.voice.put({ id: 'said', rv: '1', s: ['t:x/base'], g: 1, f: {} })
    while (await giveUpMonths(db));
    await giveUpSaid(db)
    expect(await db.voice.count()).toBe(0)
    expect(await visits()).toEqual(['2026-11', 'both', 'open'])
  })

  it('gives up nothing twice', async () => {
    await fill()
    while (await giveUpMonths(db));
    expect(await visits()).toEqual(['2026-11', 'both', 'open'])
    expect(await readMeta(db, 'given_up')).toMatchObject({ keptFrom: '2026-11' })
  })
})

describe('a month that was given up', () => {
  it('does not come back with a page', async () => {
    await fill()
    await giveUpMonths(db)
    const replica = (await readMeta(db, 'replica')) ?? ''
    const put = (id: string, s: string[]) => ({ s, t: 'visit', id, rv: '2', op: 'put' as const, f: {} })
    const rows = [put('old', ['t:x/2026-08']), put('new', ['t:x/2026-11']), put('both', ['t:x/2026-08', 'u:y/base'])]
    const page: Page = { cursor: 'next', more: false, drop: [], rows, settled: [], settledN: 0, serverTime: '2026-11-24T00:00:00Z' }
    await writePage(db, { replica, cursor: await readCursor(db) }, page)
    expect(await db.visit.get('old')).toBeUndefined()
    expect(await db.visit.get('new')).toBeDefined()
    expect((await db.visit.get('both'))?.s).toEqual(['u:y/base'])
  })
})
