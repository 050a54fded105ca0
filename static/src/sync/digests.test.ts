import { describe, expect, it } from 'vitest'
import { readDigests } from '../db/digests'
import { readMeta } from '../db/meta'
import { readProjection } from '../store/projection'
import { readOnce } from '../store/live'
import { expectSameRows } from '../testing/projection'
import { quiet } from '../testing/rig'
import { useScene } from '../testing/scene'
import { PACE } from './pace'

const scene = useScene()

/** The app is closed and opened again. */
async function again(): Promise<void> {
  scene.tab.engine.stop()
  await quiet(scene.tab)
  scene.clock.pass(PACE.helloAgain + 1)
  await scene.start()
}

describe('what the base holds', () => {
  it('is said after a start and once a day, at the head', async () => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    expect(scene.server.served.compared).toBe(1)
    await scene.wake()
    scene.addCustomer('Hanbit')
    await scene.wake()
    expect(scene.server.served.compared).toBe(1)
    scene.clock.pass(PACE.helloAgain + 1)
    await scene.wake()
    expect(scene.server.served.compared).toBe(2)
    expect(await readMeta(scene.db, 'refetch')).toBeUndefined()
  })

  it('is count and XOR of the versions of each stream', async () => {
    await scene.start()
    const rows = [
      { id: 'a', rv: 'f00000000000000f', s: ['x', 'y'], g: 1, f: {} },
      { id: 'b', rv: '0f0000000000000a', s: ['x'], g: 1, f: {} },
    ]
    await scene.db.customer.bulkPut(rows)
    await scene.db.other.put({ t: 'goal', id: 'c', rv: '000000ff00000000', s: ['y'], g: 1, f: {} })
    const said = await readDigests(scene.db)
    expect(said?.streams).toMatchObject({ x: [2, 'ff00000000000005'], y: [2, 'f00000ff0000000f'] })
  })

  it('is not said away from the head', async () => {
    scene.server.pageRows = 2
    for (let i = 0; i < 6; i++) scene.addCustomer(`Customer ${i}`)
    scene.network.onRequest = (path) => {
      if (path.endsWith('/pull')) scene.network.isUp = false
    }
    await scene.start()
    expect(await readDigests(scene.db)).toBeUndefined()
    expect(scene.server.served.compared).toBe(0)
  })

  it('is not said by a phone that was at the head and has fallen behind', async () => {
    scene.server.pageRows = 2
    await scene.start()
    for (let i = 0; i < 6; i++) scene.addCustomer(`Customer ${i}`)
    scene.network.onRequest = (path) => {
      if (path.endsWith('/pull')) scene.network.isUp = false
    }
    await scene.wake()
    expect(await scene.db.customer.count()).toBeGreaterThan(0)
    expect(await readDigests(scene.db)).toBeUndefined()
  })
})

describe('a base that differs', () => {
  it.each([
    ['holds another text', (id: string) => scene.db.customer.update(id, { rv: '0123456789abcdef', f: { name: 'Wrong' } })],
    ['lost a row', (id: string) => scene.db.customer.delete(id)],
    ['holds a row too many', () => scene.db.customer.put({ id: 'ghost', rv: 'f', s: [scene.server.base()], g: 1, f: {} })],
    ['lost all of a stream', () => scene.db.customer.clear()],
  ])('%s: its streams are fetched anew', async (_, breakIt) => {
    const id = scene.addCustomer('Daehan Steel')
    await scene.start()
    await breakIt(id)
    await again()
    await expectSameRows(scene.db, scene.server)
    expect(await readMeta(scene.db, 'refetch')).toBeUndefined()
  })

  it('no row leaves the screen meanwhile, and what is pending stays over it', async () => {
    scene.server.pageRows = 2
    const ids = Array.from({ length: 7 }, (_, i) => scene.addCustomer(`Customer ${i}`))
    await scene.start()
    await scene.db.customer.update(ids[3]!, { rv: '0123456789abcdef' })
    const visit = await scene.plan()
    const counts = new Set<number>()
    scene.network.onRequest = async () => void counts.add(await scene.db.customer.count())
    await again()
    expect([...counts]).toEqual([7])
    await expectSameRows(scene.db, scene.server)
    const { standings } = await readOnce(scene.db, readProjection)
    expect([...standings.values()].map(({ state }) => state)).toEqual(['sent'])
    expect(await scene.db.journal.get(visit)).toMatchObject({ overlay: 1 })
  })

  it('is asked for once, however many pages it takes and however often a page is lost', async () => {
    scene.server.pageRows = 2
    const [first] = Array.from({ length: 7 }, (_, i) => scene.addCustomer(`Customer ${i}`))
    await scene.start()
    await scene.db.customer.update(first!, { rv: '0123456789abcdef' })
    scene.tab.engine.stop()
    scene.network.onRequest = () => {
      if (scene.server.served.compared === 2) scene.network.faults = ['lose_answer']
      if (scene.server.served.compared === 2) scene.network.onRequest = () => undefined
    }
    await again()
    expect(scene.tab.state().phase).toBe('backing_off')
    await scene.catchUp()
    await expectSameRows(scene.db, scene.server)
    const asked = scene.network.seen.filter(({ body }) => (body as { refetch?: string[] } | undefined)?.refetch !== undefined)
    expect(asked).toHaveLength(2)
  })
})
