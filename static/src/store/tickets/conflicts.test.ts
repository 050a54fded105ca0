import { afterEach, describe, expect, it } from 'vitest'
import { resolveConflict } from '../../actions/resolveConflict'
import { solveTicket } from '../../actions/solveTicket'
import { setCurrentPhone } from '../../db/current'
import type { Phone } from '../../db/schema'
import type { Choice } from '../../shapes/conflict'
import { newId } from '../../shapes/id'
import type { Member } from '../../shapes/member'
import { entries, hold, holdCustomer } from '../../testing/office'
import { takeUp } from '../../testing/phone'
import { holdChip, holdSolved } from '../../testing/tickets'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { makeWorld } from '../../testing/world'
import { conflictCard } from '../conflicts'
import { ticketDetail } from './detail'

const world = makeWorld()
const NAMES = ['cause_chip', 'fix_chip', 'resolution']

let db: Phone
let ticket: string
let conflict: string
let [worn, dirt, swap, clean]: string[] = []

async function workAs(member: Member): Promise<void> {
  db = await takeUp(world, member)
  const customer = await holdCustomer(db, world, '대한철강', { memo: 'of the customer' })
  ;[worn, dirt] = [await holdChip(db, 'cause', '마모'), await holdChip(db, 'cause', '이물질')]
  ;[swap, clean] = [await holdChip(db, 'fix', '교체'), await holdChip(db, 'fix', '청소')]
  ticket = await holdSolved(db, { customer, member: world.ben.id, cause_chip: worn, fix_chip: swap, text: '펌프 소리\n어제부터' })
  const values = { names: NAMES, base: [null, null, ''], mine: [dirt, clean, '닦았어요'], theirs: [worn, swap, '베어링을 갈았어요'], kept: 'theirs' }
  const times = { theirs_at: null, made_at: '2026-11-24T13:10:00.000+09:00', received_at: '2026-11-24T05:00:00.000Z' }
  const open = { choice: null, resolved_by: null, closed_at: null, their_member: world.ben.id }
  conflict = await hold(db, 'conflict', newId(), { customer, shape: 'ticket', row: ticket, member: world.ana.id, ...values, ...times, ...open })
}

afterEach(async () => {
  setCurrentPhone(undefined)
  await db.delete()
})

async function decide(choice: Choice, note?: string): Promise<void> {
  const { line } = (await watch(conflictCard(conflict)).until(isThere))!
  const seen = Object.fromEntries(NAMES.map((name, at) => [name, line.now?.[at]]))
  await written(() => resolveConflict({ conflict: line.conflict, choice, seen, ...(note === undefined ? {} : { note }) }))
}

describe('a ticket that two solved with different causes', () => {
  it('shows both solutions, each as one, to whoever works on tickets', async () => {
    await workAs(world.jun)
    const { line } = (await watch(conflictCard(conflict)).until(isThere))!
    expect(line).toMatchObject({ may: 'decide', mayNote: false, part: '펌프 소리', now: [worn, swap, '베어링을 갈았어요'] })
    expect([line.writer?.name, line.former?.name]).toEqual(['Ana', 'Ben'])
  })

  it('takes the other solution whole', async () => {
    await workAs(world.jun)
    await decide('replace')
    const shown = await watch(ticketDetail(ticket)).until((value) => value?.ticket.resolution === '닦았어요')
    expect(shown).toMatchObject({ causeChip: { name: '이물질' }, fixChip: { name: '청소' }, entryState: 'saved' })
    const [entry] = await entries(db)
    expect(entry?.from).toEqual({ cause_chip: worn, fix_chip: swap, resolution: '베어링을 갈았어요' })
  })

  it('may be told of in the memo of the customer by those who edit it', async () => {
    await workAs(world.ana)
    expect((await watch(conflictCard(conflict)).until(isThere))?.line).toMatchObject({ may: 'decide', mayNote: true, memo: 'of the customer' })
    await decide('note', '둘 다 손봤어요')
    const decided = await watch(conflictCard(conflict)).until((card) => card?.line.conflict.choice === 'note')
    expect(decided?.line.memo).toBe('of the customer\n둘 다 손봤어요')
  })

  it('is one already while the second solution is on this phone', async () => {
    await workAs(world.ana)
    await solveTicket({ ticket, causeChip: dirt!, fixChip: clean!, resolution: '닦았어요' })
    const shown = await watch(ticketDetail(ticket)).until((value) => value?.ticket.steps.length === 2)
    expect(shown).toMatchObject({ solver: { name: 'Ben' }, causeChip: { name: '마모' }, ticket: { resolution: '베어링을 갈았어요' } })
  })
})
