import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addTheme } from '../../actions/addTheme'
import { askToJoin } from '../../actions/askToJoin'
import { noteNeed } from '../../actions/noteNeed'
import { supersedeEntry } from '../../actions/supersedeEntry'
import { takeNeed } from '../../actions/takeNeed'
import { withdrawVoice } from '../../actions/withdrawVoice'
import type { Phone } from '../../db/schema'
import { newId } from '../../shapes/id'
import { holdNeed, holdVoice } from '../../testing/needs'
import { entries, hold, holdCustomer, settle } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { namesOf } from '../names'
import { outbox } from '../outbox'
import { needCard } from './card'

let world: World
let db: Phone
let steel: string

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world, world.jun)
  steel = await holdCustomer(db, world, '대한철강')
})

afterEach(() => layDown(db))

describe('entries about needs', () => {
  it('are named by the customer they are about, also when that row is on this phone alone', async () => {
    const { voiceId } = await noteNeed({ customer: steel, text: '조용했으면 좋겠어요' })
    await withdrawVoice({ voice: voiceId })
    const visit = await hold(db, 'visit', newId(), { customer: steel, member: world.ana.id, state: 'planned' })
    await askToJoin({ visit })
    await addTheme({ name: '소음' })
    const items = await watch(outbox).until((value) => value?.length === 4)
    expect(items?.map((item) => [item.kind, item.customerName])).toEqual([
      ['need.note', '대한철강'],
      ['voice.withdraw', '대한철강'],
      ['joining.ask', '대한철강'],
      ['theme.add', undefined],
    ])
  })

  it('rest on those that made what they speak of', async () => {
    const { rowId: theme } = await addTheme({ name: '소음' })
    const { rowId: need, voiceId } = await noteNeed({ customer: steel, text: '조용했으면 좋겠어요', theme })
    await takeNeed({ need })
    await withdrawVoice({ voice: voiceId })
    const [added, noted, taken, withdrawn] = await entries(db)
    expect(noted?.after).toEqual([added?.id])
    expect(taken?.after).toEqual([noted?.id])
    expect(withdrawn?.after).toEqual([noted?.id])
  })

  it('say who was first, where somebody was', async () => {
    const need = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    const { entryId } = await takeNeed({ need })
    await settle(db, entryId, { state: 'parked', code: 'already_taken', params: { member: world.mia.id } })
    const items = await watch(outbox).until((value) => value?.[0]?.state === 'attention')
    expect(items?.[0]).toMatchObject({ code: 'already_taken', who: 'Mia' })
  })

  it('can be replaced by what is right, and the row stays in sight', async () => {
    const { rowId: need, entryId } = await noteNeed({ customer: steel, text: 'x'.repeat(10) })
    await settle(db, entryId, { state: 'parked', code: 'too_long', params: { field: 'text', max: 4000 } })
    const cards = watch(needCard(need))
    await cards.until((value) => value?.entryState === 'attention')
    const [first] = await entries(db)
    const saved = await supersedeEntry(entryId, { ...first!.args, text: 'short' })
    expect(saved.rowId).toBe(need)
    const seen = await cards.until((value) => value?.entryState === 'saved')
    expect(seen?.voices.map((line) => line.voice.text)).toEqual(['short'])
  })
})

describe('the names in an entry of somebody else', () => {
  it('are those of customers, needs, themes and people', async () => {
    const need = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    const unsorted = await holdNeed(db, { customer: steel, member: world.ana.id })
    const voice = await holdVoice(db, { need: unsorted, customer: steel, member: world.ana.id })
    const theme = await hold(db, 'theme', newId(), { name: '소음' })
    const asked = { question: newId(), need, customers: [{ asking: newId(), customer: steel }, null] }
    const { all, customerOf } = await namesOf(db, [{ need: unsorted, into: need }, { need, owner: world.jun.id }, { theme }, asked])
    expect([need, unsorted, theme, world.jun.id, steel].map((id) => all.get(id))).toEqual(['조용한 펌프', '대한철강', '소음', 'Jun', '대한철강'])
    expect((await namesOf(db, [{ voice }])).customerOf({ voice })).toBe('대한철강')
    expect(customerOf({ need })).toBe('대한철강')
  })
})
