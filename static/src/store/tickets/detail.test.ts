import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerHelp } from '../../actions/answerHelp'
import { askHelp } from '../../actions/askHelp'
import { assignTicket } from '../../actions/assignTicket'
import { closeTicket } from '../../actions/closeTicket'
import { editCause } from '../../actions/editCause'
import { editTicket } from '../../actions/editTicket'
import { linkTickets } from '../../actions/linkTickets'
import { openTicket } from '../../actions/openTicket'
import { reopenTicket } from '../../actions/reopenTicket'
import { resumeTicket } from '../../actions/resumeTicket'
import { sayAgain } from '../../actions/sayAgain'
import { settleCause } from '../../actions/settleCause'
import { solveTicket } from '../../actions/solveTicket'
import { unlinkTickets } from '../../actions/unlinkTickets'
import { unwatchTicket } from '../../actions/unwatchTicket'
import { waitTicket } from '../../actions/waitTicket'
import { watchTicket } from '../../actions/watchTicket'
import { withdrawHelp } from '../../actions/withdrawHelp'
import { withdrawMessage } from '../../actions/withdrawMessage'
import { writeMessage } from '../../actions/writeMessage'
import type { Phone } from '../../db/schema'
import { newId } from '../../shapes/id'
import type { Member } from '../../shapes/member'
import { addDays } from '../../shapes/time'
import { entries, holdCustomer } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { holdAsset, holdCause, holdChip, holdHelp, holdSolved, holdTicket, step } from '../../testing/tickets'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { causeCard, causesUnderWatch } from './causes'
import { ticketDetail } from './detail'
import type { TicketDetail } from './lines'

let world: World
let db: Phone
let steel: string

async function workAs(member: Member): Promise<void> {
  db = await takeUp(world, member)
  steel = await holdCustomer(db, world, '대한철강')
}

beforeEach(async () => {
  world = makeWorld()
  await workAs(world.ana)
})

afterEach(() => layDown(db))

async function detail(id: string): Promise<TicketDetail> {
  return (await watch(ticketDetail(id)).until(isThere))!
}

describe('a ticket', () => {
  it('is opened, worked on, solved and closed on a phone without a signal', async () => {
    const { rowId: ticket } = await openTicket({ customer: steel, text: '물이 새요', severity: 'high', assignee: world.ana.id })
    await waitTicket({ ticket, waitsFor: 'parts', note: '주문' })
    await resumeTicket({ ticket })
    await solveTicket({ ticket, resolution: '갈았어요' })
    const { causeId } = await written(() => closeTicket({ ticket, text: '낡은 호스', countermeasure: '호스를 해마다 바꿉니다' }))
    const shown = await detail(ticket)
    expect(shown.ticket).toMatchObject({ state: 'closed', waits_for: null, cause: causeId, solved_by: world.ana.id, resolution_due_at: null })
    expect(shown.steps.map(({ step: { event, note } }) => [event, note])).toEqual([['opened', ''], ['waiting', '주문'], ['resumed', ''], ['solved', ''], ['closed', '']])
    expect(shown.steps.every(({ step: { received_at }, member }) => received_at === '' && member?.name === 'Ana')).toBe(true)
    expect(shown).toMatchObject({ entryState: 'saved', cause: { cause: { state: 'watching', text: '낡은 호스' }, quietDays: 0, daysLeft: 90 } })
    expect(shown.pendingKinds).toEqual(['ticket.open', 'ticket.wait', 'ticket.resume', 'ticket.solve', 'ticket.close'])
  })

  it('is said in one chain: each entry rests on those before', async () => {
    const { rowId: ticket } = await openTicket({ customer: steel, text: '물이 새요' })
    await solveTicket({ ticket })
    const { causeId } = await written(() => closeTicket({ ticket, isFinding: true }))
    await written(() => settleCause({ cause: causeId, text: '낡음', countermeasure: '교체', watchUntil: '2027-01-31' }))
    const [opened, solved, closed, settled] = await entries(db)
    expect([solved?.after, closed?.after]).toEqual([[opened?.id], [opened?.id, solved?.id]])
    expect(settled).toMatchObject({ kind: 'cause.settle', after: [closed?.id], args: { watch_until: '2027-01-31' } })
  })

  it('goes back to whoever had it when it is reopened, and its cause is back', async () => {
    const cause = await holdCause(db, { customer: steel, member: world.ben.id, watch_until: '9999-01-01' })
    const ticket = await holdSolved(db, { customer: steel, member: world.ben.id, assignee: world.ben.id, state: 'closed', cause })
    await reopenTicket({ ticket, note: '또 나요' })
    const shown = await detail(ticket)
    expect(shown).toMatchObject({ ticket: { state: 'assigned', solved_by: null }, assignee: { name: 'Ben' }, cause: { cause: { state: 'back', recurrences: 1 }, quietDays: 0 } })
  })

  it('has what is said about it, who looks on, and what hangs on it', async () => {
    const [one, other] = [await holdTicket(db, { customer: steel, member: world.ana.id }), await holdTicket(db, { customer: steel, member: world.ben.id })]
    const part = await holdTicket(db, { customer: steel, member: world.ben.id, part_of: one })
    await watchTicket({ ticket: one })
    await linkTickets({ ticket: one, other })
    const { rowId: message } = await writeMessage({ ticket: one, audience: 'customer', text: '내일 갑니다' })
    const { rowId: help } = await askHelp({ ticket: one, engineer: world.jun.id, text: '이 소리가 뭘까요?' })
    const shown = await detail(one)
    expect(shown.messages).toMatchObject([{ message: { id: message, audience: 'customer' }, author: { name: 'Ana' }, isMine: true }])
    expect(shown.helps).toMatchObject([{ help: { id: help }, asker: { name: 'Ana' }, engineer: { name: 'Jun' } }])
    expect(shown.watchers.map(({ name }) => name).sort()).toEqual(['Ana', 'Jun'])
    expect(shown.steps.at(-1)?.step.event).toBe('responded')
    expect([shown.links, shown.parts].map((lines) => lines.map((line) => line.ticket.id))).toEqual([[other], [part]])
    expect((await detail(part)).whole?.ticket.id).toBe(one)
    await unlinkTickets({ ticket: other, other: one })
    await unwatchTicket({ ticket: one })
    await withdrawMessage({ message })
    await withdrawHelp({ help })
    const after = await watch(ticketDetail(one)).until((value) => value?.links.length === 0)
    expect(after).toMatchObject({ watchers: [{ name: 'Jun' }], rights: { isWatching: false } })
    expect([after!.messages[0]!.message.withdrawn_at, after!.helps[0]!.help.withdrawn_at]).toEqual([expect.any(String), expect.any(String)])
  })

  it('names everything it points to that this phone holds', async () => {
    const [asset, worn, swap] = [await holdAsset(db, steel, 'P-200'), await holdChip(db, 'cause', '마모'), await holdChip(db, 'fix', '교체')]
    const ticket = await holdSolved(db, { customer: steel, member: world.ben.id, asset, cause_chip: worn, fix_chip: swap, category: newId() })
    const shown = await detail(ticket)
    expect(shown).toMatchObject({ customer: { name: '대한철강' }, asset: { name: 'P-200' }, causeChip: { name: '마모' }, fixChip: { name: '교체' }, solver: { name: 'Ben' } })
    expect(shown).not.toHaveProperty('category')
    expect(await watch(ticketDetail(newId())).until((value) => value !== undefined)).toBeNull()
  })

  it('is edited by what differs, what belongs together as one', async () => {
    const [worn, swap] = [await holdChip(db, 'cause', '마모'), await holdChip(db, 'fix', '교체')]
    const ticket = await holdSolved(db, { customer: steel, member: world.ben.id, cause_chip: worn, fix_chip: swap })
    const { ticket: seen } = await detail(ticket)
    await editTicket({ ticket, seen: { ...seen }, values: { text: seen.text, resolution: '다시 조였어요' } })
    const [entry] = await entries(db)
    expect(entry?.args).toEqual({ ticket, cause_chip: worn, fix_chip: swap, resolution: '다시 조였어요' })
    expect(entry?.from).toEqual({ cause_chip: worn, fix_chip: swap, resolution: '베어링을 갈았어요' })
    expect((await detail(ticket)).ticket.resolution).toBe('다시 조였어요')
  })
})

describe('what may be done with a ticket', () => {
  it('follows from its state', async () => {
    const free = await holdTicket(db, { customer: steel, member: world.ana.id })
    const can = { canEdit: true, canTake: true, canAssign: true, canWait: true, canSolve: true, canWithdraw: true }
    expect((await detail(free)).rights).toMatchObject({ ...can, canResume: false, canReopen: false, canClose: false, canAcknowledge: false })
    const solved = await holdSolved(db, { customer: steel, member: world.ben.id })
    expect((await detail(solved)).rights).toMatchObject({ canTake: false, canSolve: false, canReopen: true, canClose: true, canWithdraw: false })
  })

  it('is handing it out for whoever has it, and for their lead', async () => {
    const part = { member: world.jun.id, assignee: world.ben.id, state: 'assigned' }
    expect((await detail(await holdTicket(db, { customer: steel, ...part }))).rights.canAssign).toBe(false)
    db.close()
    await workAs(world.mia)
    const ticket = await holdTicket(db, { customer: steel, ...part })
    expect((await detail(ticket)).rights.canAssign).toBe(true)
    await assignTicket({ ticket, assignee: world.ana.id })
    expect((await detail(ticket)).assignee?.name).toBe('Ana')
  })

  it('is settling a time in doubt, but not one of my own clock', async () => {
    const doubted = (member: string) => ({ steps: [step('opened', { member, is_in_review: true })], is_in_review: true })
    const own = { customer: steel, member: world.mia.id, ...doubted(world.mia.id) }
    db.close()
    await workAs(world.mia)
    const [mine, theirs] = [await holdTicket(db, own), await holdTicket(db, { customer: steel, member: world.ana.id, ...doubted(world.ana.id) })]
    expect((await detail(mine)).steps[0]?.canReview).toBe(false)
    expect((await detail(theirs)).steps[0]?.canReview).toBe(true)
  })

  it('is answering for help, which can be undone for a while', async () => {
    const ticket = await holdTicket(db, { customer: steel, member: world.ana.id })
    const help = await holdHelp(db, { ticket, member: world.ben.id, engineer: world.ana.id })
    const { undo, done } = answerHelp({ help, answer: '베어링' })
    const waiting = await watch(ticketDetail(ticket)).until((value) => value?.helps[0]?.undoUntil !== undefined)
    expect(waiting?.helps[0]?.help.answer).toBe('')
    undo()
    await done
    await written(() => answerHelp({ help, answer: '베어링' }))
    expect((await detail(ticket)).helps[0]).toMatchObject({ help: { answer: '베어링' }, answerer: { name: 'Ana' } })
  })
})

describe('causes under watch', () => {
  it('come what is back first, then by the day that asks for somebody; proved ones ask for nobody', async () => {
    const at = { customer: steel, member: world.ben.id }
    const watching = await holdCause(db, { ...at, watch_until: '2027-01-05' })
    const finding = await holdCause(db, { ...at, member: world.ana.id, state: 'finding', finding_due_on: '2026-11-25', watch_from: null, watch_until: null })
    const back = await holdCause(db, { ...at, state: 'back', watch_until: '2027-02-01', recurrences: 1 })
    await holdCause(db, { ...at, state: 'proved' })
    const ids = async (member?: string) => (await watch(causesUnderWatch(member)).until(isThere))!.map(({ cause }) => cause.id)
    expect(await ids()).toEqual([back, finding, watching])
    expect(await ids(world.ana.id)).toEqual([finding])
  })

  it('tell how long it has been quiet, and how long it is to be', async () => {
    const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Seoul' })
    const window = { watch_from: addDays(today, -30), watch_until: addDays(today, 60), last_recurred_on: addDays(today, -12) }
    const cause = await holdCause(db, { customer: steel, member: world.ana.id, ...window })
    const [line] = (await watch(causesUnderWatch()).until(isThere))!
    expect(line).toMatchObject({ cause: { id: cause }, quietDays: 12, daysLeft: 60, owner: { name: 'Ana' }, isMine: true })
  })

  it('are back when a ticket is said to be the same again, and may be edited', async () => {
    const cause = await holdCause(db, { customer: steel, member: world.ana.id })
    const ticket = await holdTicket(db, { customer: steel, member: world.ana.id })
    await written(() => sayAgain({ ticket, cause }))
    await editCause({ cause, seen: { text: '기름이 말랐어요' }, values: { text: '기름이 샙니다' } })
    const card = (await watch(causeCard(cause)).until(isThere))!
    expect(card).toMatchObject({ cause: { state: 'back', text: '기름이 샙니다' }, tickets: [{ ticket: { id: ticket } }], canWork: true })
    expect(card.pendingKinds).toEqual(['ticket.again', 'cause.change'])
  })
})
