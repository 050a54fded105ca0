import { get } from 'svelte/store'
import { afterEach, describe, expect, it } from 'vitest'
import { setCurrentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import { holdCustomer, settleIn } from '../testing/office'
import { layDown } from '../testing/phone'
import { openDb } from '../testing/rig'
import { makeWorld } from '../testing/world'
import { directory } from './directory'
import { keepDirectoryWarm } from './warm'

let db: Phone

afterEach(() => layDown(db))

describe('the directory', () => {
  it('is built as soon as somebody is at work, before any screen asks for it', async () => {
    const world = makeWorld()
    keepDirectoryWarm()
    db = await openDb(world)
    await settleIn(db, world)
    await holdCustomer(db, world, '대한철강')
    setCurrentPhone(db)
    await expect.poll(() => get(directory)?.index.size, { timeout: 5_000 }).toBe(1)
  })
})
