import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { Network } from '../testing/network'
import { HandClock, HandLock, openDb, openTab, quiet, write, type Tab } from '../testing/rig'
import { FakeServer } from '../testing/server'
import { customerFields, makeWorld, type World } from '../testing/world'

let world: World
let server: FakeServer
let network: Network
let clock: HandClock
let db: Phone
let tab: Tab

beforeEach(async () => {
  world = makeWorld()
  server = new FakeServer(world)
  network = new Network(server)
  clock = new HandClock()
  db = await openDb(world)
  tab = openTab(db, clock, new HandLock().forTab())
})

afterEach(async () => {
  tab.engine.stop()
  await quiet(tab)
  network.close()
  db.close()
})

describe('a first sync', () => {
  it('brings every row and comes to rest', async () => {
    server.unit(() => server.put('customer', newId(), customerFields(world, 'Daehan Steel'), [server.base()]))
    tab.engine.start()
    await quiet(tab)
    expect(tab.state().phase).toBe('resting')
    expect(await db.customer.count()).toBe(1)
    expect(await readMeta(db, 'first_sync')).toMatchObject({ isDone: true })
  })

  it('sends what was saved before', async () => {
    const visit = newId()
    const entry = await write(db, 'visit.plan', { visit, customer: newId(), planned_for: '2026-11-24' })
    tab.engine.start()
    await quiet(tab)
    server.drain()
    tab.news()
    clock.pass(2_000)
    await quiet(tab)
    expect(server.effectsOf(entry)).toBe(1)
    expect((await db.journal.get(entry))?.state).toBe('applied')
    expect(await db.visit.get(visit)).toBeDefined()
  })
})
