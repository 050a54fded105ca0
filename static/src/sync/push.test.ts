import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { Network, respond } from '../testing/network'
import { HandClock, HandLock, openDb, openTab, outboxLength, quiet, write, type Tab } from '../testing/rig'
import { FakeServer } from '../testing/server'
import { makeWorld, type World } from '../testing/world'

let world: World
let server: FakeServer
let network: Network
let clock: HandClock
let lock: HandLock
let db: Phone
let tab: Tab

beforeEach(async () => {
  world = makeWorld()
  server = new FakeServer(world)
  network = new Network(server)
  clock = new HandClock()
  lock = new HandLock()
  db = await openDb(world)
  tab = openTab(db, clock, lock.forTab())
})

afterEach(async () => {
  tab.engine.stop()
  await quiet(tab)
  network.close()
  db.close()
})

async function plan(): Promise<string> {
  return write(db, 'visit.plan', { visit: newId(), customer: newId(), planned_for: '2026-11-24' })
}

async function start(): Promise<void> {
  tab.engine.start()
  await quiet(tab)
}

async function replicaText(): Promise<string[]> {
  return server.entriesOf((await readMeta(db, 'replica')) ?? '')
}

describe('pushing', () => {
  it('sends entries in order, byte for byte as they were saved', async () => {
    for (let i = 0; i < 7; i++) await plan()
    await start()
    const saved = (await db.outbox.orderBy('n').toArray()).map((row) => row.bytes)
    expect(await replicaText()).toEqual(saved)
    expect(await readMeta(db, 'received')).toBe(7)
  })

  it('sends 50 at first', async () => {
    for (let i = 0; i < 60; i++) await plan()
    await start()
    const sizes = network.seen.filter((seen) => seen.path.endsWith('/push')).map((seen) => (seen.body as { entries: string[] }).entries.length)
    expect(sizes).toEqual([50, 10])
  })

  it('halves a batch that is too large', async () => {
    server.limits = { ...server.limits, max_entries: 500 }
    for (let i = 0; i < 20; i++) await plan()
    const refuse = () => ({ reply: respond({ status: 413, body: { code: 'too_large', status: 413 } }) })
    network.faults = [{ reply: respond(server.handle('/api/sync/v1/hello', { replica: (await readMeta(db, 'replica')) ?? '' })) }, refuse(), refuse()]
    await start()
    const sizes = network.seen.filter((seen) => seen.path.endsWith('/push')).map((seen) => (seen.body as { entries: string[] }).entries.length)
    expect(sizes.slice(0, 3)).toEqual([20, 10, 5])
    expect(await readMeta(db, 'received')).toBe(20)
  })

  it('T1 T4: an answer that is lost every time makes no double', async () => {
    await start()
    const entries: string[] = []
    for (let i = 0; i < 10; i++) {
      network.faults = ['lose_answer']
      entries.push(await plan())
      await quiet(tab)
      expect(tab.state().phase).toBe('backing_off')
      clock.pass(60_000)
      await quiet(tab)
    }
    server.drain()
    expect(entries.map((entry) => server.effectsOf(entry))).toEqual(entries.map(() => 1))
    expect(await readMeta(db, 'received')).toBe(10)
  })

  it('T16: one 503 and then silence: the queue drains within a minute by itself', async () => {
    await start()
    network.faults = [{ reply: respond({ status: 503, body: { code: 'storage_unavailable', status: 503 } }) }]
    await plan()
    await quiet(tab)
    expect(await readMeta(db, 'received')).toBe(0)
    clock.pass(60_000)
    await quiet(tab)
    expect(await readMeta(db, 'received')).toBe(1)
  })

  it('never gives up: after a hundred failures there is a next attempt within a minute', async () => {
    network.isUp = false
    await plan()
    await start()
    for (let i = 0; i < 100; i++) {
      expect(Math.min(...clock.waits)).toBeLessThanOrEqual(60_000)
      clock.pass(60_000)
      await quiet(tab)
    }
    network.isUp = true
    clock.pass(60_000)
    await quiet(tab)
    expect(await readMeta(db, 'received')).toBe(1)
  })

  it('T15 T18: an entry saved in the moment the sync ends is sent without being asked for', async () => {
    await start()
    let isSaved = false
    network.onRequest = async (path) => {
      // The last pull of the round is being answered: nothing looks at the outbox after it.
      if (!path.endsWith('/pull') || isSaved) return
      isSaved = true
      await plan()
    }
    tab.engine.wake()
    await quiet(tab)
    expect(isSaved).toBe(true)
    expect(await readMeta(db, 'received')).toBe(1)
  })

  it('T18: saves racing the whole round are all sent', async () => {
    await start()
    for (let i = 0; i < 30; i++) {
      const saving = plan()
      await new Promise((resolve) => setTimeout(resolve, i % 7))
      await saving
    }
    await quiet(tab)
    expect(await readMeta(db, 'received')).toBe(30)
    expect(await replicaText()).toHaveLength(30)
  })

  it('T44: an edit while the first entry is on its way is a further entry, and both land in order', async () => {
    await start()
    const visit = newId()
    const customer = newId()
    let hasEdited = false
    network.onRequest = async (path) => {
      if (!path.endsWith('/push') || hasEdited) return
      hasEdited = true
      await write(db, 'visit.amend', { visit, note: 'second' })
    }
    await write(db, 'visit.log', { visit, customer, outcome: 'progress', note: 'first' })
    await quiet(tab)
    server.drain()
    expect(server.fields('visit', visit)).toMatchObject({ note: 'second', outcome: 'progress' })
    expect((await replicaText()).map((text) => (JSON.parse(text) as { kind: string }).kind)).toEqual(['visit.log', 'visit.amend'])
  })

  it('never has two requests under way at once', async () => {
    let underWay = 0
    let most = 0
    network.onRequest = async () => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, 3))
      underWay -= 1
    }
    const starting = start()
    for (let i = 0; i < 20; i++) {
      await plan()
      tab.engine.wake()
    }
    await starting
    await quiet(tab)
    expect(most).toBe(1)
    expect(await readMeta(db, 'received')).toBe(20)
  })
})

describe('two tabs', () => {
  it('T3: both save offline, both come back, every entry takes effect once', async () => {
    const other = openTab(db, clock, lock.forTab())
    network.isUp = false
    await start()
    other.engine.start()
    for (let i = 0; i < 25; i++) await Promise.all([plan(), plan()])
    await quiet(tab, other)
    network.isUp = true
    tab.engine.wake()
    other.engine.wake()
    await quiet(tab, other)
    clock.pass(5_000)
    await quiet(tab, other)
    server.drain()
    expect(server.effects).toHaveLength(50)
    expect(server.effects.every((count) => count === 1)).toBe(true)
    other.engine.stop()
  })

  it('only one syncs; the other says so and takes over when it is gone', async () => {
    const other = openTab(db, clock, lock.forTab())
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    network.onRequest = () => held
    tab.engine.start()
    await new Promise((resolve) => setTimeout(resolve, 20))
    other.engine.start()
    await quiet(other)
    expect(other.state().phase).toBe('elsewhere')
    release()
    await quiet(tab)
    clock.pass(5_000)
    await quiet(other)
    expect(other.state().phase).toBe('resting')
    other.engine.stop()
  })

  it('F23: a frozen tab loses the lock after a minute, and its late answer does no harm', async () => {
    const other = openTab(db, clock, lock.forTab())
    let thaw: () => void = () => undefined
    let isFrozen = true
    const frozen = new Promise<void>((resolve) => (thaw = resolve))
    network.onRequest = () => (isFrozen ? frozen : undefined)
    const entry = await plan()
    tab.engine.start()
    await new Promise((resolve) => setTimeout(resolve, 20))
    isFrozen = false
    other.engine.start()
    await quiet(other)
    for (let i = 0; i < 40; i++) {
      clock.pass(2_500)
      await quiet(other)
    }
    expect(await readMeta(db, 'received')).toBe(1)
    thaw()
    await quiet(tab, other)
    server.drain()
    expect(server.effectsOf(entry)).toBe(1)
    expect(await outboxLength(db)).toBe(1)
    other.engine.stop()
  })
})
