import { describe, expect, it } from 'vitest'
import { readMeta } from '../db/meta'
import { newId } from '../shapes/id'
import { Kill } from '../testing/kill'
import { expectSameRows } from '../testing/projection'
import { openDb, openTab, quiet, write } from '../testing/rig'
import { useScene, type Scene } from '../testing/scene'

/** What the phone makes of a server that is not where it was: the cases that the model of the protocol found. */
const scene = useScene()

async function synced(): Promise<void> {
  await quiet(scene.tab)
  await scene.catchUp()
}

/** The office works on: its numbers grow. */
function numbersPass(count: number): void {
  for (let i = 0; i < count; i++) scene.server.unit(() => undefined)
}

const parkPlans: Scene['server']['judge'] = (entry) => (entry.kind === 'visit.plan' ? { code: 'product_inactive' } : undefined)

describe('answers of a lost history', () => {
  it('are forgotten, however large their numbers: what the server refuses now is shown as refused', async () => {
    await scene.start()
    const entry = await scene.plan()
    await quiet(scene.tab)
    const backup = scene.server.backup()
    numbersPass(20)
    await scene.catchUp()
    expect((await scene.db.journal.get(entry))?.state).toBe('applied')
    scene.server.restore(backup, false)
    scene.server.judge = parkPlans
    await scene.catchUp()
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'parked', code: 'product_inactive', overlay: 1 })
  })

  it('are forgotten in the same transaction as the cursor, wherever the tab is killed', async () => {
    await scene.start()
    const entry = await scene.plan()
    await quiet(scene.tab)
    const backup = scene.server.backup()
    numbersPass(20)
    await scene.catchUp()
    scene.server.judge = parkPlans
    for (let at = 1, isOver = false; !isOver; at += 1) {
      scene.server.restore(backup, false)
      scene.server.drain()
      const kill = new Kill(at)
      await scene.wake()
      kill.restore()
      isOver = !kill.happened
      await restart()
      expect((await scene.db.journal.get(entry))?.state, `killed at write ${at}`).toBe('parked')
      await becomeApplied(entry)
    }
  })

  it('are forgotten as well when the server cannot even read the cursor any more', async () => {
    await scene.start()
    const entry = await scene.plan()
    await quiet(scene.tab)
    const backup = scene.server.backup()
    numbersPass(20)
    await scene.catchUp()
    scene.server.restore(backup, false)
    const cursor = await readMeta(scene.db, 'cursor')
    await scene.db.meta.put({ key: 'cursor', value: { ...cursor!, text: JSON.stringify({ replica: 'signed with another key' }) } })
    await scene.wake()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'open', overlay: 1 })
    scene.server.judge = parkPlans
    await scene.catchUp()
    expect((await scene.db.journal.get(entry))?.state).toBe('parked')
  })

  it('leave the overlay of what was applied then and is parked now', async () => {
    await scene.start()
    const visit = newId()
    scene.server.judge = parkPlans
    const entry = await scene.plan(visit)
    await synced()
    const backup = scene.server.backup()
    scene.server.judge = () => undefined
    await write(scene.db, 'entry.retry', { entry })
    await synced()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
    scene.server.restore(backup)
    const missing: string[] = []
    scene.network.onRequest = async () => {
      const [row, journal] = [await scene.db.visit.get(visit), await scene.db.journal.get(entry)]
      if (row === undefined && journal?.overlay !== 1) missing.push('neither base nor overlay')
    }
    await scene.wake()
    expect(missing).toEqual([])
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'parked', overlay: 1 })
  })

  it('are asked for anew, and what the server forgot goes out again under the same ids once the old rows are swept', async () => {
    await scene.start()
    const backup = scene.server.backup()
    const stale = scene.addCustomer('of the lost history')
    const entries = [await scene.plan(), await scene.plan()]
    await synced()
    const former = (await scene.db.outbox.orderBy('n').toArray()).map((row) => row.bytes)
    scene.server.restore(backup)
    const swept: boolean[] = []
    scene.network.onRequest = async (path) => {
      if (path.endsWith('/push')) swept.push((await scene.db.customer.get(stale)) === undefined)
    }
    await scene.wake()
    expect(swept).toEqual([true])
    expect(scene.server.entriesOf(await scene.replica())).toEqual(former)
    await scene.catchUp()
    expect(entries.map((entry) => scene.server.effectsOf(entry))).toEqual([1, 1])
    await expectSameRows(scene.db, scene.server)
  })
})

/** The tab is opened again over the same disk, and syncs to the end. */
async function restart(): Promise<void> {
  scene.tab.engine.stop()
  await quiet(scene.tab)
  scene.db.close()
  scene.db = await openDb(scene.world)
  scene.tab = openTab(scene.db, scene.clock, scene.lock.forTab())
  await scene.start()
  await scene.wake()
}

/** Back to the day before the restore: the phone believes the answer with the large number. */
async function becomeApplied(entry: string): Promise<void> {
  await scene.db.journal.update(entry, { state: 'applied', seq: 1_000, overlay: 0, code: null })
}

describe('an entry that was applied under another name', () => {
  it('is done here too, although it was parked', async () => {
    await scene.start()
    scene.server.judge = parkPlans
    const entry = await scene.plan()
    await synced()
    expect((await scene.db.journal.get(entry))?.state).toBe('parked')
    scene.server.settleCopy(entry)
    await scene.wake()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'duplicate', overlay: 0 })
  })
})

describe('an answer to a push with a chain that is not ours', () => {
  it('makes a new replica, which sends the same entries under the same ids', async () => {
    await scene.start()
    const former = await scene.replica()
    const handle = scene.server.handle.bind(scene.server)
    let isForeign = true
    scene.server.handle = (path, body) => {
      const reply = handle(path, body)
      if (!path.endsWith('/push') || !isForeign) return reply
      isForeign = false
      return { ...reply, body: { ...(reply.body as object), chain: 'ab'.repeat(32) } }
    }
    const entry = await scene.plan()
    const bytes = (await scene.db.outbox.get(1))?.bytes ?? ''
    await synced()
    expect(await scene.replica()).not.toBe(former)
    expect(scene.server.entriesOf(await scene.replica())).toEqual([bytes])
    expect(scene.server.effectsOf(entry)).toBe(1)
    expect(await scene.db.journal.get(entry)).toMatchObject({ overlay: 0 })
  })
})
