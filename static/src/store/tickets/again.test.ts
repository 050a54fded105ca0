import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeTicket } from '../../actions/closeTicket'
import { addDays } from '../../shapes/time'
import { layDown, startRound, type Round } from '../../testing/phone'
import { holdAsset, holdCause, holdChip, holdSite, holdSolved, holdTicket } from '../../testing/tickets'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { sameAgain, type Told } from './again'

const WATCHED = '2026-11-20'

let { world, db, steel, glass } = {} as Round

beforeEach(async () => {
  ;({ world, db, steel, glass } = await startRound())
})

afterEach(() => layDown(db))

const mine = (customer = steel) => ({ customer, member: world.ana.id })

async function proposed(told: Partial<Told>): Promise<string[]> {
  const lines = await watch(sameAgain({ customer: steel, text: '펌프에서 소리가 나요', day: WATCHED, ...told })).until(isThere)
  return lines!.map(({ cause }) => cause.id)
}

describe('the same again', () => {
  it.each([
    [1, true],
    [89, true],
    [90, true],
    [91, false],
  ])('is proposed on day %i of 90: %s', async (days, isProposed) => {
    const cause = await holdCause(db, { ...mine(), watch_from: WATCHED, watch_until: addDays(WATCHED, 90) })
    await holdSolved(db, { ...mine(), state: 'closed', cause })
    expect(await proposed({ day: addDays(WATCHED, days) })).toEqual(isProposed ? [cause] : [])
  })

  it('is proposed on a day inside the window of a cause that was proved since, and on none after it', async () => {
    const cause = await holdCause(db, { ...mine(), text: '펌프 소리', state: 'proved', watch_until: '2026-11-30' })
    expect(await proposed({ day: '2026-11-30' })).toEqual([cause])
    expect(await proposed({ day: '2026-12-01' })).toEqual([])
  })

  it('may be a cause that is still looked for, which has no window yet', async () => {
    const cause = await holdCause(db, { ...mine(), text: '', state: 'finding', finding_due_on: '2026-11-25', watch_from: null, watch_until: null })
    await holdSolved(db, { ...mine(), state: 'closed', cause })
    expect(await proposed({ day: '2030-01-01' })).toEqual([cause])
  })

  it('needs the same cause chip or alike words, and the same customer', async () => {
    const [worn, dirt] = [await holdChip(db, 'cause', '마모'), await holdChip(db, 'cause', '이물질')]
    const sounding = await holdCause(db, { ...mine(), text: '펌프 소리가 나는 베어링', chip: dirt })
    const chipped = await holdCause(db, { ...mine(), text: '전선이 끊어짐', chip: worn })
    await holdCause(db, { ...mine(), text: '문이 닫히지 않음', chip: dirt })
    await holdCause(db, { ...mine(glass), text: '펌프에서 소리가 나요', chip: worn })
    expect(await proposed({})).toEqual([sounding])
    expect(await proposed({ text: '', causeChip: worn })).toEqual([chipped])
    expect((await proposed({ causeChip: worn })).sort()).toEqual([sounding, chipped].sort())
  })

  it('knows what was told each time, but not what was withdrawn', async () => {
    const cause = await holdCause(db, { ...mine(), text: '' })
    const ticket = await holdTicket(db, { ...mine(), text: '압력이 자꾸 떨어져요', cause, is_recurrence: true })
    expect(await proposed({ text: '압력이 떨어집니다' })).toEqual([cause])
    await holdTicket(db, { ...mine(), id: ticket, text: '압력이 자꾸 떨어져요', cause, withdrawn_at: '2026-11-20T01:00:00.000Z' })
    expect(await proposed({ text: '압력이 떨어집니다' })).toEqual([])
  })

  it('comes by asset, then site, then customer', async () => {
    const [asset, site] = [await holdAsset(db, steel, 'P-200'), await holdSite(db, steel)]
    const said = { ...mine(), text: '펌프에서 소리가 나요' }
    const ofCustomer = await holdCause(db, said)
    const ofSite = await holdCause(db, { ...said, site })
    const ofAsset = await holdCause(db, { ...said, site, asset })
    expect(await proposed({ site, asset })).toEqual([ofAsset, ofSite, ofCustomer])
    const [first] = (await watch(sameAgain({ customer: steel, site, text: said.text, day: WATCHED })).until(isThere))!
    expect(first).toMatchObject({ place: 'site', isSameChip: false, customer: { name: '대한철강' } })
  })

  it('of two as close comes first the one of the same category', async () => {
    const [noise, leak] = [await holdChip(db, 'category', '소음'), await holdChip(db, 'category', '누수')]
    const said = { ...mine(), text: '펌프에서 소리가 나요' }
    const [one, other] = [await holdCause(db, said), await holdCause(db, said)]
    await holdSolved(db, { ...mine(), cause: one, category: noise })
    await holdSolved(db, { ...mine(), cause: other, category: leak })
    expect((await proposed({ category: noise }))[0]).toBe(one)
    expect((await proposed({ category: leak }))[0]).toBe(other)
  })

  it('may be what this phone closed a moment ago, without a signal', async () => {
    const ticket = await holdSolved(db, mine())
    const day = new Date().toISOString().slice(0, 10)
    const { causeId } = await written(() => closeTicket({ ticket, text: '펌프 소리', countermeasure: '기름을 칩니다' }))
    expect(await proposed({ day })).toEqual([causeId])
  })
})
