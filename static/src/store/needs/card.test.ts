import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerReply } from '../../actions/answerReply'
import { askQuestion } from '../../actions/askQuestion'
import { confirmNeed } from '../../actions/confirmNeed'
import { handOverNeed } from '../../actions/handOverNeed'
import { noteNeed } from '../../actions/noteNeed'
import { unmergeNeed } from '../../actions/unmergeNeed'
import { newId } from '../../shapes/id'
import type { Member } from '../../shapes/member'
import { daysLater, holdAsking, holdJoining, holdNeed, holdQuestion, holdReply, holdTally, holdVoice } from '../../testing/needs'
import { hold, settle } from '../../testing/office'
import { layDown, startRound, type Round } from '../../testing/phone'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { makeWorld } from '../../testing/world'
import { needCard, type NeedCard } from './card'

let { world, db, steel, glass } = {} as Round
let need: string

async function workAs(member: Member): Promise<void> {
  ;({ db, steel, glass } = await startRound(world, member))
  need = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
}

beforeEach(async () => {
  world = makeWorld()
  await workAs(world.jun)
})

afterEach(() => layDown(db))

const card = async (id = need): Promise<NeedCard> => watch(needCard(id)).until(isThere) as Promise<NeedCard>

describe('the card of a need', () => {
  it('has its group with all voices, newest first, and says whether older ones are elsewhere', async () => {
    const under = await holdNeed(db, { customer: glass, member: world.ben.id, title: '소음', merged_into: need })
    const park = await hold(db, 'contact', newId(), { customer: steel, name: '박지훈' })
    await holdVoice(db, { need, customer: steel, member: world.ana.id, text: 'first', contact: park })
    await holdVoice(db, { need: under, customer: glass, member: world.ben.id, text: 'second', ...daysLater(1) })
    await holdTally(db, need, { voices: 3, customers: 3, reporters: 2, importance: 2, witnesses: [world.ben.id] })
    const deep = await holdNeed(db, { customer: glass, member: world.ben.id, title: '진동', merged_into: under })
    const seen = await card()
    expect(seen.group.map((line) => line.need.title)).toEqual(['소음', '진동'])
    expect((await card(deep)).head?.need.id).toBe(need)
    expect(seen.voices.map((line) => line.voice.text)).toEqual(['second', 'first'])
    expect(seen.voices[1]).toMatchObject({ customer: { name: '대한철강' }, contact: { name: '박지훈' }, author: { name: 'Ana' } })
    expect(seen.weight).toMatchObject({ customers: 3, importance: 2, diversity: 0.75 })
    expect(seen).toMatchObject({ hasOlderVoices: true, customer: { name: '대한철강' }, author: { name: 'Ana' }, merged: 2 })
    expect(seen.witnesses.map((member) => member.name)).toEqual(['Ben'])
    await holdTally(db, need, { voices: 2 })
    expect((await card()).hasOlderVoices).toBe(false)
    const below = await card(under)
    expect(below).toMatchObject({ head: { need: { id: need } }, rights: { nextStages: [], canMerge: false, canUnmerge: true } })
  })

  it('takes a need out of its group', async () => {
    const under = await holdNeed(db, { customer: glass, member: world.ben.id, title: '소음', merged_into: need })
    const cards = watch(needCard(need))
    await cards.until((value) => value?.group.length === 1)
    await written(() => unmergeNeed({ need: under }))
    await cards.until((value) => value?.group.length === 0)
    expect((await card(under)).milestones.at(-1)).toMatchObject({ milestone: { event: 'unmerged' }, member: { name: 'Jun' }, other: { title: '조용한 펌프' } })
  })

  it('has questions with whom they ask and what was answered, replies by customer, and who comes along', async () => {
    const question = await holdQuestion(db, { need, member: world.jun.id })
    const asking = await holdAsking(db, { question, need, customer: steel, member: world.jun.id, closed_at: '2026-11-21T00:00:00.000Z' })
    await hold(db, 'answer', newId(), { asking, customer: steel, visit: null, member: world.ana.id, value: 'yes', line: '아침마다요', is_late: false, ...daysLater(1) })
    await askQuestion({ need, text: '밤에도 쓰시나요?', customers: [glass, steel] })
    await holdReply(db, { need, customer: glass, member: world.ana.id })
    await holdReply(db, { need, customer: steel, member: world.ana.id, state: 'told', told_by: world.ana.id })
    const visit = await hold(db, 'visit', newId(), { customer: steel, member: world.ana.id, state: 'planned', planned_for: '2026-11-25' })
    await holdJoining(db, { visit, member: world.jun.id, need })
    const seen = await card()
    expect(seen.questions.map((line) => [line.question.text, line.askings.map((one) => one.customer?.name), line.entryState])).toEqual([
      ['밤에도 쓰시나요?', ['대한철강', '평화유리'], 'saved'],
      ['매일 쓰시나요?', ['대한철강'], 'applied'],
    ])
    expect(seen.questions[1]?.askings[0]?.answers[0]).toMatchObject({ answer: { line: '아침마다요' }, author: { name: 'Ana' } })
    expect(seen.questions[1]?.canWithdraw).toBe(true)
    expect(seen.replies.map((line) => [line.customer?.name, line.reply.state, line.canTell])).toEqual([
      ['대한철강', 'told', true],
      ['평화유리', 'to_tell', true],
    ])
    expect(seen.joinings[0]).toMatchObject({ visit: { planned_for: '2026-11-25' }, host: { name: 'Ana' }, canWithdraw: true, canAnswer: false })
  })

  it('shows an answer to a reply at once, and leaves the stage to the server', async () => {
    const own = await holdNeed(db, { customer: steel, member: world.ana.id, title: '빠른 펌프', stage: 'shown' })
    const reply = await holdReply(db, { need: own, customer: steel, member: world.jun.id, state: 'told' })
    await written(() => answerReply({ reply, value: 'solved', line: '좋아요' }))
    const seen = await card(own)
    expect(seen.replies[0]).toMatchObject({ reply: { state: 'solved', line: '좋아요' }, entryState: 'saved' })
    expect(seen.need.stage).toBe('shown')
  })

  it('knows how the entries of this phone stand, and the code of one that was parked', async () => {
    const cards = watch(needCard(need))
    const { entryId } = await handOverNeed({ need, owner: world.jun.id })
    await cards.until((value) => value?.entryState === 'saved' && value.pendingKinds.join() === 'need.hand_over')
    await settle(db, entryId, { state: 'parked', code: 'not_permitted', params: {} })
    const seen = await cards.until((value) => value?.entryState === 'attention')
    expect(seen?.parked).toMatchObject({ entryId, code: 'not_permitted', kind: 'need.hand_over' })
  })

  it('that this phone does not hold is null', async () => {
    expect(await watch(needCard(newId())).until((value) => value !== undefined)).toBeNull()
  })
})

describe('what may be done with a need', () => {
  it('by an engineer is everything that follows from its stage', async () => {
    await holdVoice(db, { need, customer: steel, member: world.ana.id })
    const { rights } = await card()
    expect(rights).toMatchObject({ canEdit: true, canTake: true, canHandOver: true, canMerge: true, canUnmerge: false })
    expect(rights.nextStages).toEqual(['accepted', 'declined'])
    expect(rights.confirmAt.map((customer) => customer.name)).toEqual(['대한철강'])
    await holdNeed(db, { id: need, customer: steel, member: world.ana.id, title: '조용한 펌프', owner: world.ana.id, stage: 'accepted' })
    const taken = await card()
    expect(taken.rights).toMatchObject({ canTake: false, canHandOver: false, nextStages: ['built', 'declined'] })
  })

  it('by a rep is telling of it and confirming it', async () => {
    db.close()
    await workAs(world.ana)
    await noteNeed({ need, customer: glass, text: '여기도 커요' })
    const cards = watch(needCard(need))
    const before = await cards.until((value) => value?.voices.length === 1)
    expect(before?.rights).toMatchObject({ canEdit: false, canTake: false, canHandOver: false, nextStages: [], canMerge: false })
    expect(before?.rights.confirmAt.map((customer) => customer.name)).toEqual(['평화유리'])
    await written(() => confirmNeed({ need, customer: glass, note: '다시 여쭤봤어요' }))
    const seen = await cards.until((value) => value?.need.stage === 'confirmed')
    await holdVoice(db, { need, customer: steel, member: world.ben.id })
    await written(() => confirmNeed({ need, customer: steel }))
    await cards.until((value) => value?.milestones.at(-1)?.milestone.event === 'confirmed')
    expect(seen?.milestones).toMatchObject([{ milestone: { stage: 'confirmed', reason: '다시 여쭤봤어요' }, customer: { name: '평화유리' }, member: { name: 'Ana' } }])
  })
})
