import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Phone } from '../../db/schema'
import { respond } from '../../testing/network'
import { layDown, takeUp } from '../../testing/phone'
import { watch } from '../../testing/watch'
import { makeWorld } from '../../testing/world'
import { loopFigures, refreshFigures } from './figures'

let db: Phone

beforeEach(async () => {
  const world = makeWorld()
  db = await takeUp(world, world.jun)
})

afterEach(() => {
  vi.unstubAllGlobals()
  layDown(db)
})

const COUNTED = { told: 4, answered: 2, solved: 1, median_days: { heard: 3.5, confirmed: null } }

describe('how well the loop is closed', () => {
  it('is as the server counted it, with the moment it was asked', async () => {
    vi.stubGlobal('fetch', async () => respond({ status: 200, body: COUNTED }))
    const figures = watch(loopFigures)
    await refreshFigures()
    const found = await figures.until((value) => value !== undefined)
    expect(found).toMatchObject({ told: 4, answered: 2, solved: 1, median_days: { heard: 3.5, confirmed: null, built: null } })
    expect(Date.parse(found?.as_of ?? '')).not.toBeNaN()
  })

  it('stays what it was without a signal', async () => {
    vi.stubGlobal('fetch', async () => respond({ status: 200, body: COUNTED }))
    await refreshFigures()
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')))
    await refreshFigures()
    const figures = watch(loopFigures)
    expect(await figures.until((value) => value !== undefined)).toMatchObject({ told: 4 })
  })
})
