import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { lossIsSeen } from '../db/loss'
import { markReceived, markWritten } from '../db/marker'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { openDb, openTab, quiet, type Tab } from '../testing/rig'
import { useScene } from '../testing/scene'

const scene = useScene()

/** The browser clears its databases; the small storage stays. */
async function cleared(): Promise<{ db: Phone; tab: Tab }> {
  scene.tab.engine.stop()
  await quiet(scene.tab)
  scene.db.close()
  await Dexie.delete(scene.db.name)
  scene.db = await openDb(scene.world)
  scene.tab = openTab(scene.db, scene.clock, scene.lock.forTab())
  return scene
}

describe('a storage that was cleared', () => {
  it('is told to the server once, with both numbers', async () => {
    await scene.start()
    markReceived(scene.db, 205)
    markWritten(scene.db, 212)
    await cleared()
    await scene.start()
    scene.tab.engine.stop()
    await scene.start()
    expect(scene.server.reported).toEqual([{ written: 212, received: 205 }])
    expect(await readMeta(scene.db, 'loss')).toMatchObject({ written: 212, received: 205, isSeen: false })
  })

  it('is taken back when the server holds what only this phone believed to be unsent: an answer was missed', async () => {
    await scene.start()
    markReceived(scene.db, 205)
    markWritten(scene.db, 212)
    scene.server.holdsAll = true
    await cleared()
    expect(await readMeta(scene.db, 'loss')).toMatchObject({ isTold: false })
    await scene.start()
    expect(scene.server.reported).toHaveLength(1)
    expect(await readMeta(scene.db, 'loss')).toBeUndefined()
  })

  it('is no loss when everything had arrived', async () => {
    await scene.start()
    await scene.plan()
    await quiet(scene.tab)
    await cleared()
    await scene.start()
    expect(scene.server.reported).toEqual([])
    expect(await readMeta(scene.db, 'loss')).toBeUndefined()
  })
})

describe('what the server says of lost work', () => {
  async function said(written: number, received: number): Promise<void> {
    scene.server.losses.set(await scene.replica(), { written, received })
    scene.tab.engine.stop()
    await scene.start()
  }

  it('is written down although this phone remembers nothing', async () => {
    await said(5, 3)
    expect(await readMeta(scene.db, 'loss')).toMatchObject({ written: 5, received: 3, isSeen: false })
    expect(scene.server.reported).toEqual([])
  })

  it('is not told again once it was read, until it is more', async () => {
    await said(5, 3)
    await lossIsSeen(scene.db)
    await said(5, 3)
    expect(await readMeta(scene.db, 'loss')).toMatchObject({ isSeen: true })
    await said(9, 3)
    expect(await readMeta(scene.db, 'loss')).toMatchObject({ written: 9, isSeen: false })
  })

  it('is right about what has arrived: restored from a backup it holds less than it had acknowledged', async () => {
    await scene.start()
    markReceived(scene.db, 205)
    markWritten(scene.db, 212)
    await cleared()
    scene.server.losses.set(await scene.replica(), { written: 210, received: 190 })
    await scene.start()
    expect(await readMeta(scene.db, 'loss')).toMatchObject({ written: 212, received: 190, isTold: true, isSeen: false })
  })

  it('nothing is said on a first use', async () => {
    await scene.start()
    expect(await readMeta(scene.db, 'loss')).toBeUndefined()
  })
})
