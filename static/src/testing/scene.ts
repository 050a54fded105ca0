import { afterEach, beforeEach } from 'vitest'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { Network } from './network'
import { HandClock, HandLock, openDb, openTab, quiet, write, type Tab } from './rig'
import { FakeServer } from './server'
import { customerFields, makeWorld, type World } from './world'

/** One phone, one server and the road between them, new for each test. */
export interface Scene {
  world: World
  server: FakeServer
  network: Network
  clock: HandClock
  lock: HandLock
  db: Phone
  tab: Tab
  /** starts the sync and waits until it rests */
  start(): Promise<void>
  /** the server works, the phone hears of it and fetches */
  catchUp(): Promise<void>
  wake(): Promise<void>
  plan(visit?: string): Promise<string>
  addCustomer(name: string): string
  replica(): Promise<string>
  received(): Promise<number>
}

export function useScene(): Scene {
  const scene = {} as Scene

  beforeEach(async () => {
    const world = makeWorld()
    const server = new FakeServer(world)
    const clock = new HandClock()
    const lock = new HandLock()
    const db = await openDb(world)
    Object.assign(scene, { world, server, network: new Network(server), clock, lock, db, tab: openTab(db, clock, lock.forTab()) })
  })

  afterEach(async () => {
    scene.tab.engine.stop()
    await quiet(scene.tab)
    scene.network.close()
    scene.db.close()
  })

  return Object.assign(scene, {
    async start() {
      scene.tab.engine.start()
      await quiet(scene.tab)
    },
    async wake() {
      scene.tab.engine.wake()
      await quiet(scene.tab)
    },
    async catchUp() {
      scene.server.drain()
      scene.clock.pass(60_000)
      await scene.wake()
    },
    async plan(visit = newId()) {
      return write(scene.db, 'visit.plan', { visit, customer: newId(), planned_for: '2026-11-24' })
    },
    addCustomer(name: string) {
      const id = newId()
      scene.server.unit(() => scene.server.put('customer', id, customerFields(scene.world, name), [scene.server.base()]))
      return id
    },
    async replica() {
      return (await readMeta(scene.db, 'replica')) ?? ''
    },
    async received() {
      return (await readMeta(scene.db, 'received')) ?? 0
    },
  })
}
