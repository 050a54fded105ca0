import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTicket } from '../../actions/openTicket'
import { takeTicket } from '../../actions/takeTicket'
import { withdrawTicket } from '../../actions/withdrawTicket'
import type { Fields } from '../../shapes/fields'
import { layDown, startRound, type Round } from '../../testing/phone'
import { holdAsset, holdChip, holdSite, holdSolved, holdTicket } from '../../testing/tickets'
import { isThere, watch } from '../../testing/watch'
import { chipsOf } from './chips'
import type { TicketLine } from './lines'
import { ticketLists, type TicketLists } from './lists'
import { openTicketsOf } from './ofCustomer'

const NOW = Date.parse('2026-11-24T03:00:00.000Z')
const SEOUL = { latitude: 37.5665, longitude: 126.978 }

let { world, db, steel, glass } = {} as Round

beforeEach(async () => {
  ;({ world, db, steel, glass } = await startRound())
})

afterEach(() => layDown(db))

async function lists(here?: typeof SEOUL): Promise<TicketLists> {
  return (await watch(ticketLists(world.ana.id, NOW, here)).until(isThere))!
}

function idsOf(lines: readonly TicketLine[]): string[] {
  return lines.map(({ ticket }) => ticket.id)
}

async function ticket(part: Fields = {}): Promise<string> {
  return holdTicket(db, { customer: steel, member: world.ben.id, ...part })
}

describe('tickets of mine', () => {
  it('are those I work on, and those I reported while nobody does, until they are closed', async () => {
    const given = await ticket({ assignee: world.ana.id, state: 'assigned' })
    const told = await ticket({ member: world.ana.id })
    await ticket({ member: world.ana.id, assignee: world.ben.id, state: 'assigned' })
    await ticket()
    const solved = await holdSolved(db, { customer: steel, member: world.ana.id })
    await holdSolved(db, { customer: steel, member: world.ana.id, state: 'closed' })
    await ticket({ member: world.ana.id, withdrawn_at: '2026-11-20T01:00:00.000Z' })
    const { mine } = await lists()
    expect(idsOf(mine).sort()).toEqual([given, told, solved].sort())
    expect(mine.at(-1)?.ticket.id).toBe(solved)
  })

  it('come late ones first, then by what is due, then by how grave they are', async () => {
    const grave = await ticket({ assignee: world.ana.id, severity: 'urgent' })
    const small = await ticket({ assignee: world.ana.id, severity: 'low' })
    const later = await ticket({ assignee: world.ana.id, resolution_due_at: '2026-11-25T03:00:00.000Z' })
    const soon = await ticket({ assignee: world.ana.id, resolution_due_at: '2026-11-24T03:00:01.000Z' })
    const late = await ticket({ assignee: world.ana.id, resolution_due_at: '2026-11-24T02:59:59.000Z', resolution_verdict: 'missed' })
    expect(idsOf((await lists()).mine)).toEqual([late, soon, later, grave, small])
  })

  it('are there at once when they are written on this phone, and go when they are withdrawn', async () => {
    const { rowId } = await openTicket({ customer: steel, text: '물이 새요' })
    expect((await lists()).mine).toMatchObject([{ ticket: { id: rowId, state: 'open', received_at: '' }, entryState: 'saved', isMine: true, dueAt: null }])
    await takeTicket({ ticket: rowId })
    expect((await lists()).byState.assigned).toMatchObject([{ assignee: { name: 'Ana' } }])
    await withdrawTicket({ ticket: rowId })
    expect((await lists()).mine).toEqual([])
  })
})

describe('tickets', () => {
  it('are overdue while a promise about them is broken: the first answer until there was one, and the solution', async () => {
    const past = '2026-11-24T02:00:00.000Z'
    const unanswered = await ticket({ response_due_at: past, response_verdict: 'missed' })
    await ticket({ response_due_at: past, response_verdict: 'missed', response_at: '2026-11-24T02:30:00.000Z' })
    const unsolved = await ticket({ resolution_due_at: past })
    const standing = await ticket({ state: 'waiting', waits_for: 'parts', resolution_verdict: 'missed', resolution_left_s: 0 })
    await holdSolved(db, { customer: steel, member: world.ben.id, resolution_due_at: past, resolution_verdict: 'missed' })
    expect(idsOf((await lists()).overdue).sort()).toEqual([unanswered, unsolved, standing].sort())
  })

  it('are near by the site they are at, else by the nearest of their customer', async () => {
    const near = await holdSite(db, steel, { latitude: 37.57, longitude: 126.98 })
    const far = await holdSite(db, steel, { latitude: 37.3, longitude: 127 })
    await holdSite(db, glass)
    const atFar = await ticket({ site: far })
    const somewhere = await ticket()
    await ticket({ customer: glass })
    await holdSolved(db, { customer: steel, member: world.ben.id, site: near })
    const { nearby } = await lists(SEOUL)
    expect(idsOf(nearby)).toEqual([somewhere, atFar])
    expect(nearby[0]!.metres).toBeLessThan(1_000)
    expect((await lists()).nearby).toEqual([])
  })

  it('stand under their state, with what they are about', async () => {
    const asset = await holdAsset(db, steel, 'P-200')
    const category = await holdChip(db, 'category', '소음')
    const waiting = await ticket({ state: 'waiting', waits_for: 'parts', asset, category })
    const closed = await holdSolved(db, { customer: steel, member: world.ben.id, state: 'closed' })
    const { byState } = await lists()
    expect(byState.waiting).toMatchObject([{ ticket: { id: waiting }, asset: { name: 'P-200' }, category: { name: '소음' }, reporter: { name: 'Ben' } }])
    expect(idsOf(byState.closed)).toEqual([closed])
    expect([byState.open, byState.assigned, byState.solved]).toEqual([[], [], []])
  })

  it('of some customers are the open ones of each', async () => {
    const open = await ticket()
    await holdSolved(db, { customer: steel, member: world.ben.id })
    const { rowId } = await openTicket({ customer: glass, text: '물이 새요' })
    const found = (await watch(openTicketsOf([steel, glass])).until(isThere))!
    expect(idsOf(found.get(steel)!)).toEqual([open])
    expect(idsOf(found.get(glass)!)).toEqual([rowId])
  })
})

describe('chips to choose from', () => {
  it('are those I use most first, then in the order of the organization', async () => {
    const [c, b, a] = [await holdChip(db, 'fix', '청소', 2), await holdChip(db, 'fix', '조임', 1), await holdChip(db, 'fix', '교체', 0)]
    await holdChip(db, 'cause', '마모')
    await holdSolved(db, { customer: steel, member: world.ana.id, fix_chip: c })
    await holdSolved(db, { customer: steel, member: world.ben.id, fix_chip: b })
    const chips = (await watch(chipsOf('fix')).until(isThere))!
    expect(chips.map((chip) => chip.id)).toEqual([c, a, b])
  })
})
