import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noteNeed } from '../../actions/noteNeed'
import { withdrawVoice } from '../../actions/withdrawVoice'
import type { Phone } from '../../db/schema'
import { holdNeed, holdTally, holdVoice } from '../../testing/needs'
import { holdCustomer } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { alikeNeeds } from './suggest'

let world: World
let db: Phone
let steel: string

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world, world.ana)
  steel = await holdCustomer(db, world, '대한철강')
})

afterEach(() => layDown(db))

describe('alike needs', () => {
  it('are found by title and by what customers said, the likeliest first', async () => {
    const quiet = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    await holdVoice(db, { need: quiet, customer: steel, member: world.ana.id, text: '밤에 펌프 소리가 너무 커요' })
    await holdTally(db, quiet, { customers: 4 })
    await holdNeed(db, { customer: steel, member: world.ana.id, title: '필터 교체 알림' })
    const found = watch(alikeNeeds('펌프 소리가 커서 못 쓰겠대요'))
    const needs = await found.until((value) => (value ?? []).length > 0)
    expect(needs?.[0]).toEqual({ id: quiet, title: '조용한 펌프', words: '밤에 펌프 소리가 너무 커요', customers: 4 })
  })

  it('are not sought for hardly any letters', async () => {
    await holdNeed(db, { customer: steel, member: world.ana.id, title: '펌프' })
    const found = watch(alikeNeeds(' 펌 '))
    expect(await found.until((value) => value !== undefined)).toEqual([])
  })

  it('count for the one they are merged into', async () => {
    const head = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    await holdNeed(db, { customer: steel, member: world.ana.id, title: '진동 없는 받침대', merged_into: head })
    const found = watch(alikeNeeds('받침대 진동'))
    const needs = await found.until((value) => (value ?? []).length > 0)
    expect(needs?.map((need) => need.id)).toEqual([head])
  })

  it('are those of this phone too, until what was said is taken back', async () => {
    const { voiceId: voice } = await noteNeed({ customer: steel, text: '청소할 때 물이 새요' })
    const found = watch(alikeNeeds('물이 새요'))
    await found.until((value) => (value ?? []).length === 1)
    await withdrawVoice({ voice })
    await found.until((value) => value?.length === 0)
  })
})
