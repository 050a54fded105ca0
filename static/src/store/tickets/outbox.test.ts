import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledgeAlarm } from '../../actions/acknowledgeAlarm'
import { askHelp } from '../../actions/askHelp'
import { openTicket } from '../../actions/openTicket'
import { reviewTimes } from '../../actions/reviewTimes'
import { supersedeEntry } from '../../actions/supersedeEntry'
import { takeTicket } from '../../actions/takeTicket'
import { withdrawHelp } from '../../actions/withdrawHelp'
import { withdrawTicket } from '../../actions/withdrawTicket'
import { writeMessage } from '../../actions/writeMessage'
import type { Phone } from '../../db/schema'
import { newId } from '../../shapes/id'
import { entries, holdCustomer, settle } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { holdChip, holdHelp, holdTicket, step } from '../../testing/tickets'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { namesOf } from '../names'
import { outbox } from '../outbox'
import { ticketDetail } from './detail'

let world: World
let db: Phone
let steel: string

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world, world.mia)
  steel = await holdCustomer(db, world, '대한철강')
})

afterEach(() => layDown(db))

describe('entries about tickets', () => {
  it('are named by the customer they are about, also when that row is on this phone alone', async () => {
    const { rowId: ticket } = await openTicket({ customer: steel, text: '물이 새요' })
    await takeTicket({ ticket })
    await writeMessage({ ticket, audience: 'internal', text: '부품을 주문했어요' })
    const known = await holdTicket(db, { customer: steel, member: world.ana.id })
    await withdrawHelp({ help: await holdHelp(db, { ticket: known, member: world.mia.id, engineer: world.jun.id }) })
    const items = await watch(outbox).until((value) => value?.length === 4)
    expect(items?.map((item) => [item.kind, item.customerName])).toEqual([
      ['ticket.open', '대한철강'],
      ['ticket.take', '대한철강'],
      ['message.write', '대한철강'],
      ['help.withdraw', '대한철강'],
    ])
  })

  it('rest on those that made what they speak of', async () => {
    const { rowId: ticket } = await openTicket({ customer: steel, text: '물이 새요' })
    const { rowId: part } = await openTicket({ customer: steel, text: '호스', partOf: ticket })
    const { rowId: help } = await askHelp({ ticket: part, engineer: world.jun.id, text: '?' })
    await withdrawHelp({ help })
    await withdrawTicket({ ticket })
    const [opened, opening, asked, taken, withdrawn] = await entries(db)
    expect([opening?.after, asked?.after, taken?.after, withdrawn?.after]).toEqual([[opened?.id], [opening?.id], [asked?.id], [opened?.id]])
  })

  it('can be replaced by what is right, and the ticket stays in sight', async () => {
    const { rowId: ticket, entryId } = await openTicket({ customer: steel, text: '물이 새요', category: newId() })
    await settle(db, entryId, { state: 'parked', code: 'not_found', params: { field: 'category' } })
    expect(await watch(ticketDetail(ticket)).until(isThere)).toMatchObject({ entryState: 'attention', parked: { code: 'not_found' } })
    await supersedeEntry(entryId, { ticket, customer: steel, text: '물이 새요' })
    const shown = await watch(ticketDetail(ticket)).until((value) => value?.entryState === 'saved')
    expect(shown?.ticket).toMatchObject({ text: '물이 새요', category: null })
  })

  it('name what they point to', async () => {
    const ticket = await holdTicket(db, { customer: steel, member: world.ana.id })
    const category = await holdChip(db, 'category', '소음')
    const { all, customerOf } = await namesOf(db, [{ ticket, category, assignee: world.ana.id }])
    expect([all.get(category), all.get(world.ana.id), customerOf({ ticket })]).toEqual(['소음', 'Ana', '대한철강'])
  })
})

describe('what somebody has to see to', () => {
  it('is acknowledged once', async () => {
    const alarm = { clock: 'resolution', rung: 1, due_at: '2026-11-23T01:00:00.000Z', raised_at: '2026-11-23T01:00:10.000Z' }
    const alarms = [{ ...alarm, acknowledged_at: null, acknowledged_by: null }]
    const ticket = await holdTicket(db, { customer: steel, member: world.ana.id, alarms })
    expect((await watch(ticketDetail(ticket)).until(isThere))?.rights.canAcknowledge).toBe(true)
    await acknowledgeAlarm({ ticket })
    const shown = await watch(ticketDetail(ticket)).until((value) => value?.rights.canAcknowledge === false)
    expect(shown?.ticket.alarms[0]?.acknowledged_by).toBe(world.mia.id)
  })

  it('is a time in doubt, of which somebody else says what counts', async () => {
    const doubted = step('opened', { member: world.ana.id, is_in_review: true, received_at: '2026-11-20T04:00:00.000Z' })
    const ticket = await holdTicket(db, { customer: steel, member: world.ana.id, steps: [doubted], is_in_review: true })
    await written(() => reviewTimes({ ticket, step: String(doubted.id), review: 'server' }))
    const shown = await watch(ticketDetail(ticket)).until((value) => value?.ticket.is_in_review === false)
    expect(shown?.steps[0]).toMatchObject({ step: { counts_at: '2026-11-20T04:00:00.000Z', review: 'server' }, reviewer: { name: 'Mia' }, canReview: false })
  })
})
