import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acceptJoining } from '../../actions/acceptJoining'
import { answerAsking } from '../../actions/answerAsking'
import { askToJoin } from '../../actions/askToJoin'
import { editReply } from '../../actions/editReply'
import { noteNeed } from '../../actions/noteNeed'
import { observe } from '../../actions/observe'
import { tellReply } from '../../actions/tellReply'
import { newId } from '../../shapes/id'
import { daysLater, holdAsking, holdJoining, holdNeed, holdQuestion, holdReply, holdVoice } from '../../testing/needs'
import { hold } from '../../testing/office'
import { layDown, startRound, type Round } from '../../testing/phone'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { customerCard } from '../customers'
import { needCard } from './card'
import { joiningsOf, joiningsToAnswer } from './joinings'
import { askingsOf, needsOfCustomer } from './ofCustomer'
import { voicesOfVisit } from './ofVisit'
import { repliesToTell } from './toTell'

let { world, db, steel, glass } = {} as Round

beforeEach(async () => {
  ;({ world, db, steel, glass } = await startRound())
})

afterEach(() => layDown(db))

async function promise(customer: string, dueOn: string): Promise<string> {
  const f = { customer, visit: null, member: world.ana.id, step: 'other', text: '', due_on: dueOn, state: 'open', kept_at: null, kept_note: '' }
  return hold(db, 'commitment', newId(), { ...f, moved_from: null, move_reason: '', ...daysLater(0) })
}

async function plan(member: string): Promise<string> {
  return hold(db, 'visit', newId(), { customer: steel, member, state: 'planned', planned_for: '2026-11-25', participants: [], withdrawn_at: null })
}

describe('what one customer wants', () => {
  it('is each need under the one that speaks for it, open ones first, with their own voices alone', async () => {
    const at = { customer: steel, member: world.ana.id }
    const head = await holdNeed(db, { ...at, title: '조용한 펌프' })
    const under = await holdNeed(db, { ...at, title: '소음', merged_into: head })
    const over = await holdNeed(db, { ...at, title: '빠른 펌프', stage: 'solved' })
    await holdVoice(db, { ...at, need: under, text: 'ours' })
    await holdVoice(db, { ...at, need: over, text: 'done', ...daysLater(5) })
    await holdVoice(db, { customer: glass, member: world.ana.id, need: head, text: 'theirs' })
    await holdVoice(db, { ...at, need: null, sign: 'waits', text: '' })
    const needs = watch(needsOfCustomer(steel))
    await needs.until((value) => value?.needs.length === 2)
    await noteNeed({ customer: steel, text: 'new' })
    const seen = await needs.until((value) => value?.needs.length === 3)
    expect(seen?.needs.map((line) => [line.need.title, line.voices.map(({ voice }) => voice.text).join()])).toEqual([
      ['', 'new'],
      ['조용한 펌프', 'ours'],
      ['빠른 펌프', 'done'],
    ])
    expect(seen?.observations.map((line) => line.voice.sign)).toEqual(['waits'])
  })

  it('comes with what is to be told and to be asked there', async () => {
    const need = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    const reply = await holdReply(db, { need, customer: steel, member: world.ben.id })
    await holdReply(db, { need, customer: steel, member: world.ben.id, state: 'solved' })
    const question = await holdQuestion(db, { need, member: world.jun.id })
    const asking = await holdAsking(db, { question, need, customer: steel, member: world.jun.id })
    await holdAsking(db, { question, need, customer: steel, member: world.jun.id, closed_at: '2026-11-21T00:00:00.000Z' })
    const needs = watch(needsOfCustomer(steel))
    const seen = await needs.until(isThere)
    expect(seen.replies.map((line) => [line.reply.id, line.need?.title, line.member?.name, line.canTell])).toEqual([[reply, '조용한 펌프', 'Ben', true]])
    const sheet = watch(askingsOf(steel))
    expect((await sheet.until(isThere)).map((line) => [line.asking.id, line.need?.title, line.asker?.name])).toEqual([[asking, '조용한 펌프', 'Jun']])
    await answerAsking({ asking, value: 'yes', line: '아침마다요' })
    await sheet.until((value) => value?.length === 0)
    await needs.until((value) => value?.askings.length === 0)
  })
})

describe('what I am to tell', () => {
  it('is one line for each customer, what is due first, and goes when all was told', async () => {
    const needs = [await holdNeed(db, { customer: steel, member: world.ana.id, title: 'A', stage: 'built' }), await holdNeed(db, { customer: steel, member: world.ana.id, title: 'B', stage: 'built' })]
    const [later, sooner] = [await promise(steel, '2026-12-04'), await promise(glass, '2026-11-30')]
    const [first, second] = [
      await holdReply(db, { need: needs[0]!, customer: steel, member: world.ana.id, commitment: later }),
      await holdReply(db, { need: needs[1]!, customer: steel, member: world.ana.id, commitment: later }),
    ]
    await holdReply(db, { need: needs[0]!, customer: glass, member: world.ana.id, commitment: sooner })
    const bens = await holdReply(db, { need: needs[0]!, customer: glass, member: world.ben.id })
    await editReply({ reply: bens, text: '제가 써 두었어요.' })
    const lines = watch(repliesToTell)
    const seen = await lines.until((value) => value?.length === 2)
    expect(seen?.map((line) => [line.customer?.name, line.replies.length, line.dueOn])).toEqual([
      ['평화유리', 1, '2026-11-30'],
      ['대한철강', 2, '2026-12-04'],
    ])
    await editReply({ reply: first, text: '직접 들어 보세요.' })
    await lines.until((value) => value?.[1]?.replies.some((line) => line.reply.text === '직접 들어 보세요.') === true)
    await written(() => tellReply({ reply: first }))
    const rest = await lines.until((value) => value?.[1]?.replies.length === 1)
    expect(rest?.[1]?.replies[0]).toMatchObject({ reply: { id: second }, commitment: { state: 'open' } })
    await written(() => tellReply({ reply: second }))
    await lines.until((value) => value?.length === 1)
    const card = await watch(customerCard(steel)).until(isThere)
    expect(card?.commitments.map((line) => line.commitment.state)).toEqual(['kept'])
    expect(await watch(needCard(needs[0]!)).until(isThere)).toMatchObject({ need: { stage: 'shown' } })
  })
})

describe('coming along', () => {
  it('waits for the answer of whose visit it is, and makes them part of it', async () => {
    const visit = await plan(world.ana.id)
    const asked = await holdJoining(db, { visit, member: world.jun.id, note: '직접 보고 싶어요' })
    await holdJoining(db, { visit: await plan(world.ben.id), member: world.ana.id })
    const waiting = watch(joiningsToAnswer)
    const lines = await waiting.until((value) => value?.length === 1)
    expect(lines?.[0]).toMatchObject({ joining: { id: asked }, customer: { name: '대한철강' }, member: { name: 'Jun' }, canAnswer: true })
    await acceptJoining({ joining: asked, note: '아홉 시에' })
    await waiting.until((value) => value?.length === 0)
    const [line] = (await watch(joiningsOf(visit)).until(isThere)) ?? []
    expect(line).toMatchObject({ joining: { state: 'accepted', answer_note: '아홉 시에' }, entryState: 'saved', visit: { participants: [world.jun.id] } })
  })

  it('is asked once', async () => {
    const visit = await plan(world.ben.id)
    await askToJoin({ visit })
    await askToJoin({ visit })
    const lines = await watch(joiningsOf(visit)).until((value) => value?.length === 1)
    expect(lines?.[0]).toMatchObject({ joining: { state: 'asked' }, isMine: true, canWithdraw: true, canAnswer: false, host: { name: 'Ben' } })
    const known = await plan(world.ben.id)
    const asked = await holdJoining(db, { visit: known, member: world.ana.id })
    await askToJoin({ visit: known })
    expect((await watch(joiningsOf(known)).until(isThere)).map((line) => line.joining.id)).toEqual([asked])
  })
})

describe('what was heard at one visit', () => {
  it('is there with its needs, the newest first, also what is still on this phone, and nothing of other visits', async () => {
    const [visit, other] = [await plan(world.ana.id), await plan(world.ben.id)]
    const heard = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프' })
    await holdVoice(db, { need: heard, customer: steel, member: world.ana.id, text: 'loud', visit })
    await holdVoice(db, { need: heard, customer: steel, member: world.ben.id, text: 'elsewhere', visit: other })
    await holdVoice(db, { need: heard, customer: steel, member: world.ana.id, text: 'never mind', visit, withdrawn_at: '2026-11-24T01:00:00.000Z' })
    await observe({ customer: steel, visit, sign: 'by_hand' })
    const lines = await watch(voicesOfVisit({ id: visit, customer: steel })).until((found) => found?.length === 2)
    expect(lines?.map(({ voice, need }) => [voice.sign ?? voice.text, need?.title])).toEqual([
      ['by_hand', undefined],
      ['loud', '조용한 펌프'],
    ])
  })
})
