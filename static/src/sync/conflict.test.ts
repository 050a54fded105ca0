import { describe, expect, it } from 'vitest'
import { countEntries } from '../db/journal'
import { renewReplica } from '../db/replica'
import { newReplica } from '../shapes/id'
import { expectSameRows } from '../testing/projection'
import { quiet, write } from '../testing/rig'
import { useScene } from '../testing/scene'
import { customerFields } from '../testing/world'

/** Edits of one field on two phones, as the phone of the later one lives through it. */
const scene = useScene()

/** Somebody else's edit, which is at the server first. */
function others(customer: string, memo: string): void {
  const f = { ...customerFields(scene.world, 'Steel'), memo }
  scene.server.unit(() => scene.server.put('customer', customer, f, [scene.server.base()]))
}

async function edited(memo = 'Ana'): Promise<{ customer: string; entry: string }> {
  const customer = scene.addCustomer('Steel')
  await scene.start()
  scene.network.isUp = false
  const entry = await write(scene.db, 'customer.change', { customer, memo }, { from: { memo: '' } })
  await quiet(scene.tab)
  scene.network.isUp = true
  return { customer, entry }
}

describe('an edit made without a signal', () => {
  it('that met nobody is applied', async () => {
    const { customer, entry } = await edited()
    await scene.catchUp()
    await scene.catchUp()
    expect((await scene.db.journal.get(entry))?.state).toBe('applied')
    expect((await scene.db.customer.get(customer))?.f.memo).toBe('Ana')
  })

  it('that met another one is told of it together with the row that tells of both', async () => {
    const { customer, entry } = await edited()
    others(customer, 'Ben')
    await scene.catchUp()
    await scene.catchUp()
    const [conflict] = await scene.db.conflict.toArray()
    expect(conflict?.f).toMatchObject({ row: customer, mine: ['Ana'], theirs: ['Ben'], kept: 'mine', closed_at: null })
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'conflict', overlay: 0, conflicts: [{ id: conflict?.id, names: ['memo'] }] })
    expect((await scene.db.customer.get(customer))?.f.memo).toBe('Ana')
    expect(await countEntries(scene.db)).toMatchObject({ saved: 0, sent: 0, attention: 1, toDecide: 1 })
    await expectSameRows(scene.db, scene.server)
  })

  it('needs its writer no more when the choice is made, and both sides hold the same', async () => {
    const { customer } = await edited()
    others(customer, 'Ben')
    await scene.catchUp()
    await scene.catchUp()
    const [conflict] = await scene.db.conflict.toArray()
    await write(scene.db, 'conflict.resolve', { conflict: conflict!.id, choice: 'replace' }, { from: { memo: 'Ana' } })
    await quiet(scene.tab)
    await scene.catchUp()
    await scene.catchUp()
    expect(await countEntries(scene.db)).toMatchObject({ saved: 0, sent: 0, attention: 0 })
    expect((await scene.db.customer.get(customer))?.f.memo).toBe('Ben')
    await expectSameRows(scene.db, scene.server)
  })

  it('is still told of when the phone had to take a new name and everything was sent again', async () => {
    const { customer, entry } = await edited()
    others(customer, 'Ben')
    await scene.catchUp()
    await scene.catchUp()
    await renewReplica(scene.db, newReplica())
    await scene.catchUp()
    await scene.catchUp()
    await scene.catchUp()
    expect(await scene.db.journal.get(entry)).toMatchObject({ state: 'conflict' })
    expect(await countEntries(scene.db)).toMatchObject({ attention: 1 })
    expect(scene.server.effectsOf(entry)).toBe(1)
  })
})
