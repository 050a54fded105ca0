import { afterEach, beforeEach, describe, it } from 'vitest'
import { setCurrentPhone } from '../../db/current'
import type { Phone } from '../../db/schema'
import { settleIn } from '../../testing/office'
import { openDb } from '../../testing/rig'
import { watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { forgetFilter, saveFilter, savedFilters, type Named } from './savedFilters'

let world: World
let phones: Phone[]

async function phoneOf(member: World['ana']): Promise<Phone> {
  const db = await openDb(world, member)
  await settleIn(db, world, member)
  phones.push(db)
  return db
}

beforeEach(() => {
  world = makeWorld()
  phones = []
})

afterEach(() => {
  setCurrentPhone(undefined)
  for (const db of phones) db.close()
})

const names = (filters: readonly Named[]) => filters.map(({ name }) => name).join()

describe('saved filters', () => {
  it('are kept in their order, one of each name, until they are forgotten', async () => {
    setCurrentPhone(await phoneOf(world.jun))
    const filters = watch(savedFilters())
    saveFilter({ name: 'mine' })
    saveFilter({ name: 'noise' })
    saveFilter({ name: 'mine' })
    await filters.until((value) => names(value) === 'noise,mine')
    forgetFilter('noise')
    await filters.until((value) => names(value) === 'mine')
  })

  it('are there again when the app is opened anew, and are not those of a colleague', async () => {
    const [own, others] = [await phoneOf(world.jun), await phoneOf(world.ana)]
    setCurrentPhone(own)
    saveFilter({ name: 'mine' })
    setCurrentPhone(others)
    const filters = watch(savedFilters())
    await filters.until((value) => names(value) === '')
    setCurrentPhone(own)
    await filters.until((value) => names(value) === 'mine')
  })
})
