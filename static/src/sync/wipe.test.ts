import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { writeDrafts } from '../db/drafts'
import { markWritten, readMarker } from '../db/marker'
import { readMeta } from '../db/meta'
import { respond } from '../testing/network'
import { settleIn } from '../testing/office'
import { openDb, quiet } from '../testing/rig'
import { useScene } from '../testing/scene'

const scene = useScene()

async function counts(db = scene.db): Promise<Record<string, number>> {
  const found = await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const))
  return Object.fromEntries(found.filter(([, count]) => count > 0))
}

async function shutOut(): Promise<void> {
  scene.server.revoked.add(await scene.replica())
}

describe('a phone that was shut out', () => {
  it('hands in what it holds, and then forgets everything', async () => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    await writeDrafts(scene.db, new Map([['record', '"half a sent"']]))
    const replica = await scene.replica()
    await shutOut()
    await scene.plan()
    await quiet(scene.tab)
    expect(scene.server.entriesOf(replica)).toHaveLength(1)
    expect(scene.tab.wiped).toEqual([0])
    expect(await counts()).toEqual({})
    expect(readMarker(scene.db)).toBeUndefined()
    expect(scene.tab.state().phase).toBe('blocked')
  })

  it('sends what was saved while it was being told', async () => {
    await scene.start()
    const replica = await scene.replica()
    await shutOut()
    scene.network.onRequest = async (path) => {
      scene.network.onRequest = () => undefined
      if (path.endsWith('/pull')) await scene.plan()
    }
    scene.clock.pass(60_000)
    await scene.wake()
    expect(scene.server.entriesOf(replica)).toHaveLength(1)
    expect(scene.tab.wiped).toEqual([0])
  })

  it('is told at the greeting as well, and sends before it forgets', async () => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    const replica = await scene.replica()
    scene.network.isUp = false
    await scene.plan()
    await shutOut()
    scene.tab.engine.stop()
    scene.network.isUp = true
    await scene.start()
    expect(scene.server.entriesOf(replica)).toHaveLength(1)
    expect(await counts()).toEqual({})
  })

  it('keeps all of it while there is no way to hand in', async () => {
    const customer = scene.addCustomer('Daehan Steel')
    await scene.start()
    scene.network.isUp = false
    await shutOut()
    const entry = await scene.plan()
    await quiet(scene.tab)
    expect(await scene.db.customer.get(customer)).toBeDefined()
    expect(await scene.db.outbox.where('id').equals(entry).count()).toBe(1)
    expect(scene.tab.wiped).toEqual([])
  })

  it('keeps what the server refuses to take, and nothing else', async () => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    await writeDrafts(scene.db, new Map([['record', '"half a sent"']]))
    await settleIn(scene.db, scene.world)
    await shutOut()
    scene.tab.engine.stop()
    const entry = await scene.plan()
    scene.network.onRequest = (path) => {
      if (path.endsWith('/hello')) scene.network.faults = [{ reply: respond({ status: 403, body: { code: 'not_permitted' } }) }]
    }
    await scene.start()
    expect(scene.tab.wiped).toEqual([1])
    expect(await counts()).toMatchObject({ outbox: 1, journal: 1, chain: 1 })
    expect((await counts()).customer).toBeUndefined()
    expect((await counts()).drafts).toBeUndefined()
    expect(await scene.db.outbox.where('id').equals(entry).count()).toBe(1)
    expect(await readMeta(scene.db, 'me')).toBeUndefined()
  })

  it('touches the database of nobody else', async () => {
    await scene.start()
    const ben = await openDb(scene.world, scene.world.ben)
    await ben.customer.put({ id: 'c', rv: '1', s: ['a'], g: 1, f: {} })
    await writeDrafts(ben, new Map([['record', '"of Ben"']]))
    markWritten(ben, 4)
    const before = await counts(ben)
    await shutOut()
    scene.clock.pass(60_000)
    await scene.wake()
    expect(scene.tab.wiped).toEqual([0])
    expect(await counts(ben)).toEqual(before)
    expect(readMarker(ben)).toMatchObject({ written: 4 })
    ben.close()
  })

  it('is a new phone when it is used again', async () => {
    await scene.start()
    await scene.plan()
    const replica = await scene.replica()
    await shutOut()
    await scene.wake()
    expect(await counts()).toEqual({})
    scene.db.close()
    scene.db = await openDb(scene.world)
    expect(await scene.replica()).not.toBe(replica)
    expect(await readMeta(scene.db, 'loss')).toBeUndefined()
    expect(await Dexie.exists(scene.db.name)).toBe(true)
  })
})
