import { describe, expect, it } from 'vitest'
import { newId } from '../shapes/id'
import { expectSameRows } from '../testing/projection'
import { quiet, write } from '../testing/rig'
import { useScene } from '../testing/scene'

/** A day without a signal in which somebody hears, answers and tells, as the phone lives through it. */
const scene = useScene()

describe('what was heard without a signal', () => {
  it('goes in, comes back, and both sides hold the same', async () => {
    const customer = scene.addCustomer('Steel')
    await scene.start()
    scene.network.isUp = false
    const [need, voice, observed] = [newId(), newId(), newId()]
    await write(scene.db, 'need.note', { need, voice, customer, text: 'It should be quieter', importance: 2 })
    await write(scene.db, 'voice.amend', { voice, how: 'inferred' })
    await write(scene.db, 'voice.observe', { voice: observed, customer, sign: 'by_hand' })
    await write(scene.db, 'need.confirm', { need, customer, note: 'asked again' })
    await write(scene.db, 'preference.set', { mails: { 'need.stage': 'none' } })
    await quiet(scene.tab)
    scene.network.isUp = true
    await scene.catchUp()
    await scene.catchUp()
    expect((await scene.db.need.get(need))?.f).toMatchObject({ stage: 'confirmed', milestones: [{ stage: 'heard' }, { stage: 'confirmed', reason: 'asked again' }] })
    expect((await scene.db.voice.get(voice))?.f).toMatchObject({ need, how: 'inferred', importance: 2 })
    expect(await scene.db.journal.where('overlay').equals(1).count()).toBe(0)
    await expectSameRows(scene.db, scene.server)
  })
})
