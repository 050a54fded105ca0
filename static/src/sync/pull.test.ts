import { describe, expect, it } from 'vitest'
import { readMeta } from '../db/meta'
import { newId } from '../shapes/id'
import { Kill } from '../testing/kill'
import { expectSameRows } from '../testing/projection'
import { openDb, openTab, quiet, write } from '../testing/rig'
import { useScene } from '../testing/scene'
import { customerFields } from '../testing/world'

const scene = useScene()

/** The phone is taken out of the pocket again: another process, the same disk. */
async function restart(): Promise<void> {
  scene.tab.engine.stop()
  await quiet(scene.tab)
  scene.db.close()
  scene.db = await openDb(scene.world)
  scene.tab = openTab(scene.db, scene.clock, scene.lock.forTab())
  await scene.start()
}

describe('a page', () => {
  it('T9 I11: killed at any write of a pull, rows and cursor stay together and nothing is skipped', async () => {
    scene.server.pageRows = 4
    const ids = Array.from({ length: 9 }, (_, i) => scene.addCustomer(`Customer ${i}`))
    const visit = newId()
    await write(scene.db, 'visit.log', { visit, customer: ids[0]!, outcome: 'progress' })
    let at = 1
    for (let isOver = false; !isOver; at += 1) {
      const kill = new Kill(at)
      scene.tab.engine.start()
      await quiet(scene.tab)
      kill.restore()
      isOver = !kill.happened
      scene.server.drain()
      if (!isOver) {
        scene.tab.engine.stop()
        await quiet(scene.tab)
        scene.db.close()
        scene.db = await openDb(scene.world)
        scene.tab = openTab(scene.db, scene.clock, scene.lock.forTab())
      }
    }
    expect(at).toBeGreaterThan(10)
    await scene.wake()
    await expectSameRows(scene.db, scene.server)
    expect(scene.server.effects).toEqual([1])
  })

  it('T23: created and deleted at once, a row is not held; deleted and made again, it is', async () => {
    await scene.start()
    const gone = newId()
    const back = newId()
    const put = (id: string) => scene.server.put('customer', id, customerFields(scene.world, 'x'), [scene.server.base()])
    scene.server.unit(() => put(gone))
    scene.server.unit(() => put(back))
    await scene.wake()
    scene.server.unit(() => scene.server.remove('customer', gone, [scene.server.base()]))
    scene.server.unit(() => scene.server.remove('customer', back, [scene.server.base()]))
    scene.server.unit(() => put(back))
    await scene.wake()
    expect(await scene.db.customer.get(gone)).toBeUndefined()
    expect(await scene.db.customer.get(back)).toBeDefined()
  })

  it('T23: put and removed within one page, nothing is left', async () => {
    const id = newId()
    await scene.start()
    const replica = await scene.replica()
    const cursor = await readMeta(scene.db, 'cursor')
    const pull = scene.server.handle.bind(scene.server)
    scene.server.handle = (path, body) => {
      const reply = pull(path, body)
      if (!path.endsWith('/pull') || body.cursor !== cursor?.text) return reply
      const put = { s: ['a'], t: 'customer', id, op: 'put', rv: '1', f: customerFields(scene.world, 'x') }
      const rows = [put, { s: ['a'], t: 'customer', id, op: 'rm' }]
      return { ...reply, body: { ...(reply.body as object), rows } }
    }
    scene.addCustomer('makes the cursor move')
    await scene.wake()
    expect(replica).not.toBe('')
    expect(await scene.db.customer.get(id)).toBeUndefined()
  })

  it('keeps a row while one stream shows it, and drops it with the last', async () => {
    const id = newId()
    const streams = [scene.server.base(), `u:${scene.world.ana.id}/base`]
    scene.server.unit(() => scene.server.put('customer', id, customerFields(scene.world, 'x'), streams))
    await scene.start()
    expect((await scene.db.customer.get(id))?.s.sort()).toEqual([...streams].sort())
    scene.server.unit(() => scene.server.remove('customer', id, [streams[0]!]))
    await scene.wake()
    expect((await scene.db.customer.get(id))?.s).toEqual([streams[1]])
    scene.server.unit(() => scene.server.remove('customer', id, [streams[1]!]))
    await scene.wake()
    expect(await scene.db.customer.get(id)).toBeUndefined()
  })

  it('I7: streams no longer read take their rows along', async () => {
    const mine = newId()
    scene.addCustomer('theirs')
    scene.server.unit(() => scene.server.put('customer', mine, customerFields(scene.world, 'mine'), [scene.server.base(), `u:${scene.world.ana.id}/base`]))
    await scene.start()
    expect(await scene.db.customer.count()).toBe(2)
    scene.server.streamsOf = (member) => ['org/base', `u:${member}/base`]
    await scene.wake()
    expect((await scene.db.customer.toArray()).map((row) => row.id)).toEqual([mine])
    expect((await scene.db.customer.get(mine))?.s).toEqual([`u:${scene.world.ana.id}/base`])
  })

  it('I10: never lets a row flicker that goes from one stream to another over several pages', async () => {
    const id = scene.addCustomer('moves')
    await scene.start()
    scene.server.pageRows = 2
    scene.server.unit(() => scene.server.remove('customer', id, [scene.server.base()]))
    for (let i = 0; i < 6; i++) scene.addCustomer(`between ${i}`)
    scene.server.unit(() => scene.server.put('customer', id, customerFields(scene.world, 'moved'), [`u:${scene.world.ana.id}/base`]))
    const seen: boolean[] = []
    scene.network.onRequest = async () => void seen.push((await scene.db.customer.get(id)) !== undefined)
    await scene.wake()
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).not.toContain(false)
    expect(await scene.db.customer.get(id)).toMatchObject({ s: [`u:${scene.world.ana.id}/base`], f: { name: 'moved' } })
  })

  it('I7: lets go with the last page what no stream shows any more, of every shape, also when the tab was killed between', async () => {
    const [dropped, removed, gadget] = [newId(), scene.addCustomer('removed'), newId()]
    const theirs = `u:${scene.world.ben.id}/base`
    const streams = scene.server.streamsOf
    scene.server.streamsOf = (member) => [...streams(member), theirs]
    scene.server.unit(() => {
      scene.server.put('customer', dropped, customerFields(scene.world, 'dropped'), [theirs])
      scene.server.put('gadget', gadget, { serial: 'P-1' }, [theirs])
    })
    await scene.start()
    expect(await scene.db.customer.count()).toBe(2)
    scene.server.pageRows = 2
    scene.server.streamsOf = streams
    scene.server.unit(() => scene.server.remove('customer', removed, [scene.server.base()]))
    for (let i = 0; i < 6; i++) scene.addCustomer(`more ${i}`)
    let pages = 0
    scene.network.onRequest = (path) => {
      if (path.endsWith('/pull') && ++pages === 3) scene.network.isUp = false
    }
    await scene.wake()
    expect(await scene.db.customer.bulkGet([dropped, removed])).not.toContain(undefined)
    scene.network.isUp = true
    await restart()
    expect(await scene.db.customer.bulkGet([dropped, removed])).toEqual([undefined, undefined])
    expect(await scene.db.other.count()).toBe(0)
    expect(await scene.db.customer.count()).toBe(6)
  })

  it('keeps rows of shapes and fields it does not know', async () => {
    const gadget = newId()
    const customer = newId()
    scene.server.unit(() => {
      scene.server.put('gadget', gadget, { serial: 'P-1' }, [scene.server.base()])
      scene.server.put('customer', customer, { ...customerFields(scene.world, 'x'), mood: 'fine' }, [scene.server.base()])
    })
    await scene.start()
    expect((await scene.db.other.get(['gadget', gadget]))?.f).toMatchObject({ serial: 'P-1' })
    expect((await scene.db.customer.get(customer))?.f).toMatchObject({ mood: 'fine' })
    scene.server.unit(() => scene.server.remove('gadget', gadget, [scene.server.base()]))
    await scene.wake()
    expect(await scene.db.other.count()).toBe(0)
  })

  it('T10: what changes while a push is under way is not skipped', async () => {
    await scene.start()
    let late = ''
    scene.network.onRequest = (path) => {
      if (path.endsWith('/push') && late === '') late = scene.addCustomer('came meanwhile')
    }
    await scene.plan()
    await quiet(scene.tab)
    expect(await scene.db.customer.get(late)).toBeDefined()
  })
})

describe('a first sync', () => {
  it('F30: goes on where it was killed, and asks for no page twice', async () => {
    scene.server.pageRows = 10
    for (let i = 0; i < 60; i++) scene.addCustomer(`Customer ${i}`)
    let pages = 0
    let kill: Kill | undefined
    scene.network.onRequest = (path) => {
      if (path.endsWith('/pull') && ++pages === 4) kill = new Kill(1)
    }
    await scene.start()
    kill?.restore()
    const before = await readMeta(scene.db, 'first_sync')
    expect(before).toMatchObject({ isDone: false })
    expect(await scene.db.customer.count()).toBeGreaterThan(0)
    const served = scene.server.served.rows
    await restart()
    await expectSameRows(scene.db, scene.server)
    expect(await readMeta(scene.db, 'first_sync')).toMatchObject({ isDone: true })
    // One page was answered and lost with the tab; everything else came once.
    expect(scene.server.served.rows - served).toBeLessThanOrEqual(60 - (before?.rows ?? 0) + 10)
  })

  it('tells how far it has come', async () => {
    scene.server.pageRows = 10
    for (let i = 0; i < 30; i++) scene.addCustomer(`Customer ${i}`)
    const seen: (number | undefined)[] = []
    scene.network.onRequest = async (path) => {
      if (path.endsWith('/pull')) seen.push((await readMeta(scene.db, 'first_sync'))?.rows)
    }
    await scene.start()
    const end = await readMeta(scene.db, 'first_sync')
    expect(seen.length).toBeGreaterThan(2)
    expect([...seen].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(seen)
    expect(end?.rows).toBe(end?.total)
  })

  it('after a log-out brings everything again, and the queue is still there', async () => {
    const { clearBase } = await import('../db/base')
    scene.addCustomer('Daehan Steel')
    await scene.start()
    scene.network.isUp = false
    const entry = await scene.plan()
    await quiet(scene.tab)
    scene.tab.engine.stop()
    await clearBase(scene.db)
    expect(await scene.db.customer.count()).toBe(0)
    scene.network.isUp = true
    await restart()
    await scene.catchUp()
    expect(scene.server.effectsOf(entry)).toBe(1)
    await expectSameRows(scene.db, scene.server)
  })
})

describe('the overlay of an entry', () => {
  it('T37: stands over the base until the entry is settled, whatever is pulled', async () => {
    const visit = newId()
    const customer = scene.addCustomer('Daehan Steel')
    await write(scene.db, 'visit.plan', { visit, customer, planned_for: '2026-11-24' })
    await scene.start()
    await scene.catchUp()
    scene.network.isUp = false
    const entry = await write(scene.db, 'visit.log', { visit, customer, outcome: 'progress', note: 'mine' })
    await quiet(scene.tab)
    scene.network.isUp = true
    // The server's older version of the row comes in anew before it has heard of the log.
    scene.server.unit(() => scene.server.put('visit', visit, scene.server.fields('visit', visit) ?? {}, [scene.server.base()]))
    scene.clock.pass(60_000)
    await scene.wake()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'open', overlay: 1 })
    expect((await scene.db.visit.get(visit))?.f.state).toBe('planned')
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
    expect((await scene.db.visit.get(visit))?.f.state).toBe('finished')
  })

  it('I10: falls only with the last page, never before the base has its row', async () => {
    await scene.start()
    scene.server.pageRows = 3
    const visit = newId()
    const entry = await scene.plan(visit)
    await quiet(scene.tab)
    for (let i = 0; i < 10; i++) scene.addCustomer(`before ${i}`)
    scene.server.drain()
    for (let i = 0; i < 10; i++) scene.addCustomer(`after ${i}`)
    const missing: string[] = []
    scene.network.onRequest = async () => {
      const [row, journal] = [await scene.db.visit.get(visit), await scene.db.journal.get(entry)]
      if (row === undefined && journal?.overlay !== 1) missing.push('neither base nor overlay')
    }
    scene.clock.pass(60_000)
    await scene.wake()
    expect(missing).toEqual([])
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
  })

  it('stays while the entry is parked, and falls when a retry goes through', async () => {
    await scene.start()
    scene.server.judge = () => ({ code: 'product_inactive', params: { field: 'product' } })
    const visit = newId()
    const entry = await scene.plan(visit)
    await quiet(scene.tab)
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'parked', code: 'product_inactive', overlay: 1 })
    scene.server.judge = () => undefined
    await write(scene.db, 'entry.retry', { entry })
    await quiet(scene.tab)
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
    expect(await scene.db.visit.get(visit)).toBeDefined()
  })

  it('falls when the entry is discarded or replaced', async () => {
    await scene.start()
    scene.server.judge = (entry) => (entry.kind === 'visit.plan' && entry.supersedes === undefined ? { code: 'not_found' } : undefined)
    const [discarded, replaced] = [await scene.plan(), await scene.plan()]
    await quiet(scene.tab)
    await scene.catchUp()
    await write(scene.db, 'entry.discard', { entry: discarded })
    const visit = newId()
    await write(scene.db, 'visit.plan', { visit, customer: newId(), planned_for: '2026-11-30' }, { supersedes: replaced })
    await quiet(scene.tab)
    await scene.catchUp()
    expect(await scene.db.journal.get(discarded)).toMatchObject({ state: 'discarded', overlay: 0 })
    expect(await scene.db.journal.get(replaced)).toMatchObject({ state: 'superseded', overlay: 0 })
    expect(await scene.db.visit.get(visit)).toBeDefined()
  })

  it('lets go what waits for it once the entry it waits for is replaced', async () => {
    await scene.start()
    scene.server.judge = (entry) => (entry.kind === 'visit.arrive' && entry.supersedes === undefined ? { code: 'not_found' } : undefined)
    const visit = newId()
    const customer = newId()
    const parked = await write(scene.db, 'visit.arrive', { visit, customer })
    const waiting = await write(scene.db, 'visit.log', { visit, customer, outcome: 'progress' })
    await quiet(scene.tab)
    await scene.catchUp()
    expect(await scene.db.journal.get(waiting)).toMatchObject({ code: 'waits_for', params: { entry: parked } })
    const replacing = await write(scene.db, 'visit.arrive', { visit, customer: newId() }, { supersedes: parked })
    await quiet(scene.tab)
    await scene.catchUp()
    const states = (await scene.db.journal.bulkGet([parked, waiting, replacing])).map((row) => row?.state)
    expect(states).toEqual(['superseded', 'applied', 'applied'])
  })
})
