import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { digest, link } from '../shapes/chain'
import { CHAIN_START } from '../shapes/chainStart'
import { readEntry } from '../shapes/entry'
import { newId } from '../shapes/id'
import { entryOf, openDb, write } from '../testing/rig'
import { makeWorld, type World } from '../testing/world'
import { readMeta } from './meta'
import { openPhone, phoneName } from './open'
import { append, entriesAfter, EntryTooLarge } from './outbox'
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

async function plan(visit = newId()): Promise<string> {
  return write(db, 'visit.plan', { visit, customer: newId(), planned_for: '2026-11-24' })
}

async function after(id: string): Promise<string[]> {
  const row = await db.outbox.where('id').equals(id).first()
  return readEntry(row?.bytes ?? '')?.after ?? []
}

describe('saving an entry', () => {
  it('counts without gaps and links every entry into the chain', async () => {
    for (let i = 0; i < 5; i++) await plan()
    let hash = CHAIN_START
    for (const row of await db.outbox.orderBy('n').toArray()) {
      hash = link(hash, digest(row.bytes))
      expect(await db.chain.get(row.n)).toEqual({ n: row.n, hash })
    }
    expect(await readMeta(db, 'tail')).toEqual({ n: 5, hash })
  })

  it('keeps nothing but number, id, version and bytes in the frozen store', async () => {
    const id = await plan()
    const row = await db.outbox.where('id').equals(id).first()
    expect(Object.keys(row ?? {}).sort()).toEqual(['bytes', 'id', 'n', 'v'])
    expect(row?.bytes).toMatch(/^\{"id":"[^"]+","kind":"visit\.plan","v":1,"at":"[^"]+","tz":"Asia\/Seoul","mono":1,"args":\{/)
  })

  it('T18: taps at the same moment, in two tabs, get numbers of their own', async () => {
    const other = await openPhone(world.org, world.ana.id)
    const entries = Array.from({ length: 20 }, () => entryOf('visit.plan', { visit: newId(), customer: newId(), planned_for: '2026-11-24' }))
    await Promise.all(entries.map((entry, i) => append(i % 2 ? other : db, entry)))
    const rows = await db.outbox.orderBy('n').toArray()
    expect(rows.map((row) => row.n)).toEqual(entries.map((_, i) => i + 1))
    expect(new Set(rows.map((row) => row.id)).size).toBe(20)
    expect((await readMeta(db, 'tail'))?.hash).toBe((await db.chain.get(20))?.hash)
    other.close()
  })

  it('the same entry twice is one entry', async () => {
    const entry = entryOf('visit.plan', { visit: newId(), customer: newId(), planned_for: '2026-11-24' })
    await append(db, entry)
    await append(db, entry)
    expect(await db.outbox.count()).toBe(1)
  })

  it('refuses what the server would, while the text can still be shortened', async () => {
    const long = entryOf('comment.add', { comment: newId(), visit: newId(), text: '가'.repeat(11_000) })
    await expect(append(db, long)).rejects.toBeInstanceOf(EntryTooLarge)
    expect(await db.outbox.count()).toBe(0)
    await plan()
    expect(await db.outbox.count()).toBe(1)
  })

  it('says how long it takes among 300 waiting entries', async () => {
    for (let i = 0; i < 300; i++) await plan()
    const start = performance.now()
    await plan()
    const ms = performance.now() - start
    // Said, not judged: machines that run tests are busy with other things.
    process.stdout.write(`save among 300 waiting entries: ${ms.toFixed(1)} ms\n`)
  })
})

describe('what an entry rests on', () => {
  it('is every open entry on the same row, and on the row it refers to', async () => {
    const visit = newId()
    const customer = newId()
    const planned = await plan(visit)
    await plan()
    const arrived = await write(db, 'visit.arrive', { visit, customer })
    expect(await after(arrived)).toEqual([planned])
    const commitment = newId()
    const next = { commitment, step: 'quote' as const, due_on: '2026-12-01' }
    const logged = await write(db, 'visit.log', { visit, customer, outcome: 'progress', next_step: next })
    expect(await after(logged)).toEqual([planned, arrived])
    expect(await after(await write(db, 'commitment.keep', { commitment }))).toEqual([logged])
    expect(await after(await write(db, 'comment.add', { comment: newId(), visit, text: 'x' }))).toEqual([planned, arrived, logged])
  })

  it('is a parked entry as well, but not a settled one', async () => {
    const visit = newId()
    const [parked, applied] = [await plan(visit), await plan(visit)]
    await db.journal.update(parked, { state: 'parked' })
    await db.journal.update(applied, { state: 'applied' })
    expect(await after(await write(db, 'visit.cancel', { visit }))).toEqual([parked])
  })

  it('is not the entry it replaces, nor one that is replaced or given up', async () => {
    const visit = newId()
    const parked = await plan(visit)
    await db.journal.update(parked, { state: 'parked' })
    const replacing = await write(db, 'visit.plan', { visit, customer: newId(), planned_for: '2026-11-25' }, { supersedes: parked })
    expect(await after(replacing)).toEqual([])
    expect(await after(await write(db, 'visit.cancel', { visit }))).toEqual([replacing])
  })

  it('takes the place of the entry it replaces: it rests on what that one rested on, and not on what waits for it', async () => {
    const visit = newId()
    const customer = newId()
    const first = await plan(visit)
    const gone = await plan(visit)
    const parked = await write(db, 'visit.arrive', { visit, customer })
    const waiting = await write(db, 'visit.log', { visit, customer, outcome: 'progress' })
    await db.journal.bulkUpdate([
      { key: gone, changes: { state: 'applied' } },
      { key: parked, changes: { state: 'parked' } },
      { key: waiting, changes: { state: 'parked', code: 'waits_for', params: { entry: parked } } },
    ])
    const replacing = await write(db, 'visit.arrive', { visit, customer, channel: 'phone' }, { supersedes: parked })
    expect(await after(replacing)).toEqual([first])
  })

  it('does not rest on an entry of a circle that waits for the one it replaces', async () => {
    const visit = newId()
    const [first, second] = [newId(), newId()]
    for (const [id, ahead] of [[first, second], [second, first]] as const) {
      const entry = entryOf('visit.arrive', { visit, customer: newId() }, { after: [ahead] })
      await append(db, { ...entry, id })
      await db.journal.update(id, { state: 'parked', code: 'cycle', params: { entry: ahead } })
    }
    for (const parked of [first, second]) {
      expect(await after(await write(db, 'visit.arrive', { visit, customer: newId() }, { supersedes: parked }))).toEqual([])
    }
  })

  it('is nothing for a retry and a discard: they speak of an entry, not of a row', async () => {
    const visit = newId()
    const parked = await plan(visit)
    await plan(visit)
    await db.journal.update(parked, { state: 'parked' })
    for (const kind of ['entry.retry', 'entry.discard'] as const) {
      const id = await write(db, kind, { entry: parked })
      const row = await db.outbox.where('id').equals(id).first()
      expect(Object.keys(readEntry(row?.bytes ?? '') ?? {})).not.toContain('after')
    }
  })

  it('names fifty at most, the latest', async () => {
    const visit = newId()
    for (let i = 0; i < 60; i++) await write(db, 'visit.amend', { visit, note: `${i}` })
    expect(await after(await write(db, 'visit.amend', { visit, note: 'last' }))).toHaveLength(50)
  })
})

describe('a batch', () => {
  it('takes as many as fit, and always one', async () => {
    for (let i = 0; i < 5; i++) await plan()
    expect(await entriesAfter(db, 0, 3, 1_000_000)).toHaveLength(3)
    expect(await entriesAfter(db, 3, 50, 1_000_000)).toHaveLength(2)
    expect(await entriesAfter(db, 0, 50, 700)).toHaveLength(2)
    expect(await entriesAfter(db, 0, 50, 1)).toHaveLength(1)
  })
})

describe('a phone in trouble', () => {
  it('T30: the connection is lost in the background, and the save is done again', async () => {
    db.backendDB().close()
    const id = await plan()
    expect(await db.outbox.where('id').equals(id).count()).toBe(1)
    db.close()
    db = await openDb(world)
    expect(await db.outbox.where('id').equals(id).count()).toBe(1)
  })

  it('T31 F20: the storage is full, cached rows make room and the text is saved', async () => {
    await db.visit.bulkPut(Array.from({ length: 10 }, () => ({ id: newId(), rv: '1', s: ['a'], g: 1, f: {} })))
    await db.customer.put({ id: newId(), rv: '1', s: ['a'], g: 1, f: {} })
    const add = IDBObjectStore.prototype.add
    const isFull = async () => (await db.visit.count()) > 0
    let full = await isFull()
    vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(function (this: IDBObjectStore) {
      if (this.name === 'visit') full = false
      return IDBObjectStore.prototype.delete.call(this, IDBKeyRange.lowerBound(0))
    })
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (full && this.name === 'outbox') throw new DOMException('no room', 'QuotaExceededError')
      return add.apply(this, args)
    })
    const id = await plan()
    expect(await db.outbox.where('id').equals(id).count()).toBe(1)
    expect(await db.visit.count()).toBe(0)
    expect(await db.customer.count()).toBe(1)
    expect((await readMeta(db, 'cursor'))?.text).toBeNull()
  })

  it('T31: a storage that stays full is reported, and nothing saved before is lost', async () => {
    const before = await plan()
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await expect(plan()).rejects.toThrow()
    vi.restoreAllMocks()
    expect(await db.outbox.where('id').equals(before).count()).toBe(1)
    await plan()
    expect((await db.outbox.toArray()).map((row) => row.n)).toEqual([1, 2])
  })

  it('T29 F19: a vanished database is told with the number of entries that went with it', async () => {
    for (let i = 0; i < 5; i++) await plan()
    const { recordReceipt } = await import('./received')
    await recordReceipt(db, { received_n: 2, chain: (await db.chain.get(2))?.hash ?? '' }, 0)
    db.close()
    await Dexie.delete(phoneName(world.org, world.ana.id))
    db = await openDb(world)
    expect(await readMeta(db, 'loss')).toMatchObject({ written: 5, received: 2 })
    db.close()
    db = await openDb(world)
    expect(await readMeta(db, 'loss')).toMatchObject({ written: 5, received: 2 })
  })

  it('I16: an older layout of the base is dropped, the queue is not', async () => {
    const id = await plan()
    await db.customer.put({ id: newId(), rv: '1', s: ['a'], g: 1, f: {} })
    await db.drafts.put({ key: 'record', json: '{}' })
    await db.meta.put({ key: 'base_layout', value: 0 })
    db.close()
    db = await openDb(world)
    expect(await db.customer.count()).toBe(0)
    expect(await db.outbox.where('id').equals(id).count()).toBe(1)
    expect(await db.drafts.count()).toBe(1)
    expect(await readMeta(db, 'first_sync')).toMatchObject({ isDone: false })
  })

  it('T26: another member has another database', async () => {
    await plan()
    const ben = await openDb(world, world.ben)
    expect(ben.name).not.toBe(db.name)
    for (const table of ben.tables) if (table.name !== 'meta') expect(await table.count(), table.name).toBe(0)
    ben.close()
  })
})
