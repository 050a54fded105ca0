import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { amendVoice } from '../../actions/amendVoice'
import { changeNeed } from '../../actions/changeNeed'
import { noteNeed } from '../../actions/noteNeed'
import { observe } from '../../actions/observe'
import { placeVoice } from '../../actions/placeVoice'
import { withdrawVoice } from '../../actions/withdrawVoice'
import type { Phone } from '../../db/schema'
import { daysLater, holdNeed, holdTally, holdVoice } from '../../testing/needs'
import { holdCustomer } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { isThere, watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { needsInbox } from './inbox'
import { observations } from './observations'

let world: World
let db: Phone
let steel: string

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world, world.jun)
  steel = await holdCustomer(db, world, '대한철강')
})

afterEach(() => layDown(db))

const texts = (items: { voices: { voice: { text: string } }[] }[] | undefined) => items?.map((item) => item.voices.map((line) => line.voice.text))

describe('the inbox', () => {
  it('has what nobody sorted yet with its voices, the newest first, also what is still on this phone', async () => {
    const heard = await holdNeed(db, { customer: steel, member: world.ana.id })
    await holdVoice(db, { need: heard, customer: steel, member: world.ana.id, text: 'first' })
    await holdVoice(db, { need: heard, customer: steel, member: world.ben.id, text: 'second', ...daysLater(1) })
    await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    const inbox = watch(needsInbox)
    await inbox.until((items) => items?.length === 1)
    await noteNeed({ customer: steel, text: 'mine' })
    const items = await inbox.until((value) => value?.length === 2)
    expect(texts(items)).toEqual([['mine'], ['second', 'first']])
    expect(items?.map((item) => item.entryState)).toEqual(['saved', 'applied'])
    expect(items?.[1]?.voices[0]).toMatchObject({ customer: { name: '대한철강' }, author: { name: 'Ben' }, isMine: false })
  })

  it('lets go of what was sorted, and of what was taken back', async () => {
    const sorted = await holdNeed(db, { customer: steel, member: world.ana.id })
    await holdVoice(db, { need: sorted, customer: steel, member: world.ana.id })
    const { voiceId } = await noteNeed({ customer: steel, text: 'mine' })
    const inbox = watch(needsInbox)
    await inbox.until((items) => items?.length === 2)
    await changeNeed({ need: sorted, seen: { title: '' }, values: { title: ' 조용한 펌프 ' } })
    await inbox.until((items) => items?.length === 1)
    await withdrawVoice({ voice: voiceId })
    expect(await inbox.until((items) => items?.length === 0)).toEqual([])
  })

  it('keeps what was heard before the months of this phone', async () => {
    const old = await holdNeed(db, { customer: steel, member: world.ana.id })
    await holdTally(db, old, { voices: 2 })
    const mine = await holdVoice(db, { need: old, customer: steel, member: world.jun.id })
    const inbox = watch(needsInbox)
    await inbox.until((items) => items?.[0]?.voices.length === 1)
    await withdrawVoice({ voice: mine })
    const items = await inbox.until((value) => value?.[0]?.voices.length === 0)
    expect(items?.map((item) => item.need.id)).toEqual([old])
  })

  it('shows a voice where it was put, as it was amended', async () => {
    const [from, to] = [await holdNeed(db, { customer: steel, member: world.ana.id }), await holdNeed(db, { customer: steel, member: world.ana.id })]
    const voice = await holdVoice(db, { need: from, customer: steel, member: world.jun.id })
    await holdVoice(db, { need: to, customer: steel, member: world.jun.id, text: 'other' })
    const inbox = watch(needsInbox)
    await amendVoice({ voice, text: 'amended', importance: 3 })
    await placeVoice({ voice, need: to })
    const items = await inbox.until((value) => value?.length === 1)
    expect(texts(items)?.[0]?.sort()).toEqual(['amended', 'other'])
  })
})

describe('observations', () => {
  it('are unranked, the newest first, with or without a need', async () => {
    const need = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    const seen = { customer: steel, member: world.ana.id, how: 'seen', text: '' }
    await holdVoice(db, { ...seen, need, sign: 'waits' })
    await holdVoice(db, { ...seen, need: null, sign: 'by_hand', ...daysLater(2) })
    await holdVoice(db, { ...seen, need: null, sign: 'gave_up', withdrawn_at: '2026-11-21T00:00:00.000Z' })
    await holdVoice(db, { need, customer: steel, member: world.ana.id })
    const list = watch(observations)
    await list.until(isThere)
    await observe({ customer: steel, sign: 'workaround' })
    const lines = await list.until((value) => value?.length === 3)
    expect(lines?.map((line) => [line.voice.sign, line.need?.title, line.entryState])).toEqual([
      ['workaround', undefined, 'saved'],
      ['by_hand', undefined, 'applied'],
      ['waits', '조용한 펌프', 'applied'],
    ])
  })
})
