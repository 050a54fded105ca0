import { describe, expect, it } from 'vitest'
import { readMeta } from '../db/meta'
import { quiet } from '../testing/rig'
import { useScene } from '../testing/scene'
import { webLock } from './browser'
import { PACE } from './pace'

const scene = useScene()

describe('news', () => {
  it('ring, and the phone pulls at most once a second', async () => {
    await scene.start()
    const before = scene.server.served.pull
    for (let i = 0; i < 20; i++) {
      scene.tab.news()
      scene.clock.pass(50)
      await quiet(scene.tab)
    }
    expect(scene.server.served.pull - before).toBeLessThanOrEqual(2)
    const customer = scene.addCustomer('Daehan Steel')
    scene.tab.news()
    scene.clock.pass(2_000)
    await quiet(scene.tab)
    expect(await scene.db.customer.get(customer)).toBeDefined()
  })

  it('that say nothing at all mean: look now', async () => {
    await scene.start()
    const customer = scene.addCustomer('Daehan Steel')
    scene.tab.news('{"seq":0,"streams":[]}')
    scene.clock.pass(2_000)
    await quiet(scene.tab)
    expect(await scene.db.customer.get(customer)).toBeDefined()
  })

  it('T45: are listened to again after the stream broke off, ever more patiently', async () => {
    await scene.start()
    expect(scene.tab.listened).toHaveLength(1)
    for (let i = 0; i < 8; i++) {
      scene.tab.breakStream()
      scene.clock.pass(90_000)
      await quiet(scene.tab)
      expect(scene.tab.listened).toHaveLength(i + 2)
    }
  })

  it('are heard under the new name after the replica was renewed', async () => {
    await scene.start()
    scene.server.forgetReplica(await scene.replica())
    await scene.wake()
    await quiet(scene.tab)
    expect(scene.tab.listened.at(-1)).toBe(await scene.replica())
  })
})

describe('without news', () => {
  it('the phone looks by itself for what became of an entry, less and less often', async () => {
    await scene.start()
    const entry = await scene.plan()
    await quiet(scene.tab)
    const before = scene.server.served.pull
    for (let i = 0; i < 60; i++) {
      scene.clock.pass(1_000)
      await quiet(scene.tab)
    }
    expect(scene.server.served.pull - before).toBeGreaterThan(3)
    expect(scene.server.served.pull - before).toBeLessThan(12)
    scene.server.drain()
    scene.clock.pass(PACE.longestFollowUp)
    await quiet(scene.tab)
    expect((await scene.db.journal.get(entry))?.state).toBe('applied')
  })
})

describe('the server', () => {
  it('is greeted once, and again after a day', async () => {
    await scene.start()
    await scene.wake()
    expect(scene.server.served.hello).toBe(1)
    scene.clock.pass(PACE.helloAgain + 1)
    await scene.wake()
    expect(scene.server.served.hello).toBe(2)
  })

  it('tells its time, and the phone keeps the difference', async () => {
    scene.clock.pass(3_600_000)
    await scene.start()
    const skew = (await readMeta(scene.db, 'skew_ms')) ?? 0
    expect(skew).toBeGreaterThan(-3_700_000)
    expect(skew).toBeLessThan(-3_500_000)
  })
})

/** As much of a browser's lock manager as one lock needs. */
class OneLock {
  private steal: ((error: Error) => void) | undefined

  async request(_: string, options: LockOptions, work: (lock: object | null) => Promise<void>): Promise<void> {
    if (this.steal !== undefined && !options.steal) return work(null)
    this.steal?.(new DOMException('stolen', 'AbortError'))
    const stolen = new Promise<void>((_, reject) => (this.steal = reject))
    const mine = this.steal
    await Promise.race([work({}), stolen])
    if (this.steal === mine) this.steal = undefined
  }
}

describe('the lock between tabs', () => {
  const locks = () => new OneLock() as unknown as LockManager

  it('lets one work and tells the other', async () => {
    const manager = locks()
    let end: () => void = () => undefined
    const first = webLock('a', manager).run(false, () => new Promise((resolve) => (end = resolve)))
    expect(await webLock('a', manager).run(false, async () => undefined)).toBe(false)
    end()
    expect(await first).toBe(true)
    expect(await webLock('a', manager).run(false, async () => undefined)).toBe(true)
  })

  it('can be taken from a frozen tab, which hears of it and is waited for', async () => {
    const manager = locks()
    let end: () => void = () => undefined
    let wasLost = false
    const frozen = webLock('a', manager).run(false, async (isLost) => {
      await new Promise<void>((resolve) => (end = resolve))
      wasLost = isLost()
    })
    expect(await webLock('a', manager).run(true, async () => undefined)).toBe(true)
    end()
    await frozen
    expect(wasLost).toBe(true)
  })

  it('is none where the browser has none, and everybody works', async () => {
    const lock = webLock('a', null)
    expect(await lock.run(false, async () => undefined)).toBe(true)
  })
})
