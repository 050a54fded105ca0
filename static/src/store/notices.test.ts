import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeNews } from '../db/loss'
import { writeMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { layDown, takeUp } from '../testing/phone'
import { Watch } from '../testing/watch'
import { makeWorld } from '../testing/world'
import { dismissLoss, status, type SyncStatus } from './status'

let db: Phone
let standing: Watch<SyncStatus>

beforeEach(async () => {
  const world = makeWorld()
  db = await takeUp(world)
  standing = new Watch(status)
})

afterEach(() => {
  standing.end()
  layDown(db)
})

describe('a phone says of itself', () => {
  it('that its clock is off, from ten minutes on', async () => {
    await writeMeta(db, 'skew_ms', 599_000)
    await standing.until(({ isCounted }) => isCounted)
    expect(standing.last.skewMs).toBeUndefined()
    await writeMeta(db, 'skew_ms', -1_500_000)
    await standing.until(({ skewMs }) => skewMs === -1_500_000)
  })

  it('what went with its storage, until that was read, and again when it is more', async () => {
    await takeNews(db, { written: 12, received: 9 })
    await standing.until(({ loss }) => loss?.written === 12 && loss.received === 9)
    await dismissLoss()
    await standing.until(({ loss }) => loss === undefined)
    await takeNews(db, { written: 12, received: 9 })
    await takeNews(db, { written: 14, received: 9 })
    await standing.until(({ loss }) => loss?.written === 14)
  })
})
