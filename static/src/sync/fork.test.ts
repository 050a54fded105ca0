import { describe, expect, it } from 'vitest'
import { digest, link } from '../shapes/chain'
import { CHAIN_START } from '../shapes/chainStart'
import { readMeta, writeMeta } from '../db/meta'
import { newId } from '../shapes/id'
import { entryOf, outboxLength, quiet, write } from '../testing/rig'
import { writeEntry } from '../shapes/entry'
import { stateOf } from '../store/entryState'
import { useScene } from '../testing/scene'

const scene = useScene()

/** Somebody else wrote under this replica: a phone backup that came to life on a second phone. */
async function writeElsewhere(first: number): Promise<string> {
  const entry = entryOf('visit.plan', { visit: newId(), customer: newId(), planned_for: '2026-11-25' })
  scene.server.handle('/api/sync/v1/push', { replica: await scene.replica(), first_n: first, entries: [writeEntry(entry)] })
  return entry.id
}

async function label(entry: string): Promise<string | undefined> {
  const row = await scene.db.journal.get(entry)
  return row && stateOf(row, { received: await scene.received(), toDecide: new Set() })
}

async function ownChainIsRight(): Promise<void> {
  let hash = CHAIN_START
  for (const row of await scene.db.outbox.orderBy('n').toArray()) {
    hash = link(hash, digest(row.bytes))
    expect((await scene.db.chain.get(row.n))?.hash).toBe(hash)
  }
  expect((await readMeta(scene.db, 'tail'))?.hash).toBe(hash)
}

describe('F27: two phones with one history', () => {
  it('the second takes a new replica id and sends its journal again, and nothing is lost or doubled', async () => {
    await scene.start()
    const shared = await scene.plan()
    await quiet(scene.tab)
    await scene.catchUp()
    const former = await scene.replica()
    const theirs = await writeElsewhere(2)
    const mine = await scene.plan()
    await quiet(scene.tab)
    await scene.catchUp()
    expect(await scene.replica()).not.toBe(former)
    expect([shared, mine, theirs].map((entry) => scene.server.effectsOf(entry))).toEqual([1, 1, 1])
    expect(await label(shared)).toBe('applied')
    expect(await label(mine)).toBe('applied')
    await ownChainIsRight()
  })

  it('is noticed by a bare pull as well: the server holds more than was written here', async () => {
    await scene.start()
    const former = await scene.replica()
    await writeElsewhere(1)
    await scene.wake()
    expect(await scene.replica()).not.toBe(former)
  })

  it('keeps the same ids and bytes, counted from one without a gap', async () => {
    await scene.start()
    for (let i = 0; i < 5; i++) await scene.plan()
    await quiet(scene.tab)
    const before = (await scene.db.outbox.orderBy('n').toArray()).map(({ id, bytes }) => ({ id, bytes }))
    await writeElsewhere(6)
    await scene.wake()
    const after = await scene.db.outbox.orderBy('n').toArray()
    expect(after.map(({ id, bytes }) => ({ id, bytes }))).toEqual(before)
    expect(after.map((row) => row.n)).toEqual([1, 2, 3, 4, 5])
    await ownChainIsRight()
  })

  it('an answer whose chain is not ours is believed in nothing', async () => {
    await scene.start()
    await scene.plan()
    await quiet(scene.tab)
    const visit = newId()
    await writeMeta(scene.db, 'received', 0)
    await scene.db.chain.update(1, { hash: '1'.repeat(64) })
    await write(scene.db, 'visit.plan', { visit, customer: newId(), planned_for: '2026-11-24' })
    await quiet(scene.tab)
    await scene.catchUp()
    expect(scene.server.fields('visit', visit)).toBeDefined()
    expect(scene.server.effects.every((count) => count === 1)).toBe(true)
  })
})

describe('a server that does not know this replica', () => {
  it('gets all of the journal under a new id; what it knows settles as duplicate and is in', async () => {
    await scene.start()
    const entry = await scene.plan()
    await quiet(scene.tab)
    await scene.catchUp()
    scene.server.forgetReplica(await scene.replica())
    await scene.wake()
    await scene.catchUp()
    expect(scene.server.effectsOf(entry)).toBe(1)
    expect(await label(entry)).toBe('applied')
    expect(scene.tab.state().phase).toBe('resting')
  })
})

describe('a server restored from a backup', () => {
  for (const isEpochNew of [true, false]) {
    it(`T8 ${isEpochNew ? 'with' : 'without'} a new epoch: acknowledged entries that it forgot are sent again`, async () => {
      await scene.start()
      const old = await scene.plan()
      await quiet(scene.tab)
      await scene.catchUp()
      const backup = scene.server.backup()
      const forgotten: string[] = []
      const visits: string[] = []
      for (let i = 0; i < 20; i++) {
        visits.push(newId())
        forgotten.push(await scene.plan(visits.at(-1)))
      }
      await quiet(scene.tab)
      await scene.catchUp()
      scene.server.restore(backup, isEpochNew)
      expect(forgotten.map((entry) => scene.server.effectsOf(entry))).toEqual(forgotten.map(() => 0))
      await scene.wake()
      await scene.catchUp()
      await scene.catchUp()
      expect([old, ...forgotten].map((entry) => scene.server.effectsOf(entry))).toEqual([old, ...forgotten].map(() => 1))
      for (const visit of visits) expect(await scene.db.visit.get(visit)).toBeDefined()
    })
  }

  it('shows its own forgotten entries all the while, as saved on this phone', async () => {
    await scene.start()
    const backup = scene.server.backup()
    const entry = await scene.plan()
    await quiet(scene.tab)
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
    scene.server.restore(backup)
    scene.network.faults = ['lose_request']
    let isSeen = false
    scene.network.onRequest = async (path) => {
      // Between the server's confession and the end of the new first sync.
      if (path.endsWith('/push')) isSeen = (await scene.db.journal.get(entry))?.overlay === 1
    }
    await scene.wake()
    scene.clock.pass(60_000)
    await quiet(scene.tab)
    expect(isSeen).toBe(true)
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
  })

  it('F21: an entry it holds and has not settled any more is shown as sent, and settles again', async () => {
    await scene.start()
    const entry = await scene.plan()
    await quiet(scene.tab)
    const backup = scene.server.backup()
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
    scene.server.restore(backup)
    await scene.wake()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'open', overlay: 1 })
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'applied', overlay: 0 })
  })

  it('I14: rows of the lost history are swept', async () => {
    await scene.start()
    const backup = scene.server.backup()
    const lost = scene.addCustomer('Only after the backup')
    await scene.wake()
    expect(await scene.db.customer.get(lost)).toBeDefined()
    scene.server.restore(backup)
    scene.addCustomer('After the restore')
    await scene.wake()
    expect(await scene.db.customer.get(lost)).toBeUndefined()
    expect(await scene.db.customer.count()).toBe(1)
  })

  it('that forgot more than the journal keeps gets the rest under a new replica', async () => {
    await scene.start()
    const backup = scene.server.backup()
    const pruned = await scene.plan()
    await quiet(scene.tab)
    await scene.catchUp()
    await scene.db.outbox.where('id').equals(pruned).delete()
    await scene.db.journal.delete(pruned)
    const kept = await scene.plan()
    await quiet(scene.tab)
    scene.server.restore(backup)
    await scene.wake()
    await scene.catchUp()
    expect(scene.server.effectsOf(kept)).toBe(1)
    expect(await outboxLength(scene.db)).toBe(1)
  })
})

describe('T14: a cursor the server does not take', () => {
  it('is given up, the queue is not', async () => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    const cursor = await readMeta(scene.db, 'cursor')
    const edited = JSON.parse(cursor?.text ?? '{}') as Record<string, unknown>
    await writeMeta(scene.db, 'cursor', { ...cursor!, text: JSON.stringify({ ...edited, replica: 'another' }) })
    const entry = await scene.plan()
    await quiet(scene.tab)
    await scene.catchUp()
    expect(scene.server.effectsOf(entry)).toBe(1)
    expect(await scene.db.customer.count()).toBe(1)
    expect(scene.tab.state().phase).toBe('resting')
  })

  it('from the future brings a new first sync, not an error', async () => {
    const customer = scene.addCustomer('Daehan Steel')
    await scene.start()
    const cursor = await readMeta(scene.db, 'cursor')
    const edited = JSON.parse(cursor?.text ?? '{}') as Record<string, unknown>
    await writeMeta(scene.db, 'cursor', { ...cursor!, text: JSON.stringify({ ...edited, seq: 9_999, tag: 'of another history' }) })
    await scene.wake()
    expect(await scene.db.customer.get(customer)).toBeDefined()
    expect(scene.tab.state().phase).toBe('resting')
  })
})

describe('a server that is at fault itself', () => {
  it('makes no endless row of new replicas', async () => {
    await scene.start()
    await scene.plan()
    await quiet(scene.tab)
    const before = scene.server.replicaKeys.length
    scene.server.handle = ((handle) => (path: string, body: Record<string, unknown>) => {
      const reply = handle.call(scene.server, path, body)
      return path.endsWith('/push') ? { status: 409, body: { status: 409, code: 'unknown_replica' } } : reply
    })(scene.server.handle)
    await scene.plan()
    await quiet(scene.tab)
    expect(scene.tab.state().phase).toBe('backing_off')
    expect(scene.server.replicaKeys.length - before).toBeLessThanOrEqual(2)
  })
})
