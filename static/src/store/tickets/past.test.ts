import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { solveTicket } from '../../actions/solveTicket'
import { daysLater } from '../../testing/needs'
import { layDown, startRound, type Round } from '../../testing/phone'
import { holdAsset, holdCause, holdChip, holdSolved, holdTicket } from '../../testing/tickets'
import { isThere, watch } from '../../testing/watch'
import { pastSolutions, type PastLine, type Trouble } from './past'

let { world, db, steel, glass } = {} as Round

beforeEach(async () => {
  ;({ world, db, steel, glass } = await startRound())
})

afterEach(() => layDown(db))

async function found(trouble: Trouble): Promise<PastLine[]> {
  return (await watch(pastSolutions(trouble)).until(isThere))!
}

async function ids(trouble: Trouble): Promise<string[]> {
  return (await found(trouble)).map(({ ticket }) => ticket.id)
}

describe('what helped before', () => {
  it('comes by the same asset, then the same cause, then the same category, then alike words', async () => {
    const [asset, other] = [await holdAsset(db, steel, 'P-200'), await holdAsset(db, glass, 'P-200')]
    const [worn, noise] = [await holdChip(db, 'cause', '마모'), await holdChip(db, 'category', '소음')]
    const by = { member: world.ben.id, text: '불이 안 들어와요' }
    const words = await holdSolved(db, { ...by, customer: glass, text: '펌프에서 소리가 나요' })
    const ofCategory = await holdSolved(db, { ...by, customer: glass, category: noise })
    const ofCause = await holdSolved(db, { ...by, customer: glass, asset: other, cause_chip: worn })
    const ofAsset = await holdSolved(db, { ...by, customer: steel, asset })
    await holdSolved(db, { ...by, customer: steel })
    const trouble = { customer: steel, asset, causeChip: worn, category: noise, text: '펌프 소리가 나요' }
    expect(await ids(trouble)).toEqual([ofAsset, ofCause, ofCategory, words])
    expect((await found(trouble)).map(({ reason }) => reason)).toEqual(['asset', 'cause', 'category', 'words'])
  })

  it('of two for one reason is what is said alike, then what was at this customer, then the newest', async () => {
    const noise = await holdChip(db, 'category', '소음')
    const by = { member: world.ben.id, category: noise, text: '불이 안 들어와요' }
    const older = await holdSolved(db, { ...by, customer: glass, solved_at: daysLater(-9).made_at })
    const newer = await holdSolved(db, { ...by, customer: glass, solved_at: daysLater(-1).made_at })
    const here = await holdSolved(db, { ...by, customer: steel, solved_at: daysLater(-20).made_at })
    const alike = await holdSolved(db, { ...by, customer: glass, text: '펌프 소리', solved_at: daysLater(-30).made_at })
    expect(await ids({ customer: steel, category: noise, text: '펌프에서 소리가 나요' })).toEqual([alike, here, newer, older])
  })

  it('says what was done, by whom, and whether it happened again afterwards', async () => {
    const [asset, swap] = [await holdAsset(db, steel, 'P-200'), await holdChip(db, 'fix', '부품 교체')]
    const cause = await holdCause(db, { customer: steel, member: world.ben.id, state: 'back' })
    const at = { customer: steel, member: world.ben.id, asset, cause }
    const first = await holdSolved(db, { ...at, state: 'closed', fix_chip: swap })
    const again = await holdSolved(db, { ...at, is_recurrence: true, ...daysLater(3), solved_at: daysLater(4).made_at })
    const lines = new Map((await found({ asset })).map((line) => [line.ticket.id, line]))
    expect(lines.get(first)).toMatchObject({ cameBack: true, fixChip: { name: '부품 교체' }, solver: { name: 'Ben' }, customer: { name: '대한철강' } })
    expect(lines.get(again)?.cameBack).toBe(false)
  })

  it('is nothing that says not what was done, is open, or was none', async () => {
    const asset = await holdAsset(db, steel, 'P-200')
    const at = { customer: steel, member: world.ben.id, asset }
    await holdSolved(db, { ...at, resolution: '' })
    await holdTicket(db, { ...at, resolution: '일단 멈춤' })
    await holdSolved(db, { ...at, withdrawn_at: daysLater(0).made_at })
    expect(await ids({ asset })).toEqual([])
  })

  it('may have been written on this phone a moment ago', async () => {
    const asset = await holdAsset(db, steel, 'P-200')
    const ticket = await holdTicket(db, { customer: steel, member: world.ana.id, asset })
    await solveTicket({ ticket, resolution: '다시 조였어요' })
    expect(await ids({ asset })).toEqual([ticket])
  })
})
