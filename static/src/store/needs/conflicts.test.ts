import { afterEach, describe, expect, it } from 'vitest'
import { changeNeed } from '../../actions/changeNeed'
import { resolveConflict } from '../../actions/resolveConflict'
import { setCurrentPhone } from '../../db/current'
import type { Phone } from '../../db/schema'
import { readEntry } from '../../shapes/entry'
import { newId } from '../../shapes/id'
import type { Choice } from '../../shapes/conflict'
import type { Member } from '../../shapes/member'
import { holdNeed } from '../../testing/needs'
import { hold, holdCustomer } from '../../testing/office'
import { takeUp } from '../../testing/phone'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { makeWorld } from '../../testing/world'
import { conflictCard } from '../conflicts'
import { needCard } from './card'

const world = makeWorld()
let db: Phone
let need: string
let conflict: string

async function workAs(member: Member): Promise<void> {
  db = await takeUp(world, member)
  const steel = await holdCustomer(db, world, '대한철강', { memo: 'of the customer' })
  need = await holdNeed(db, { customer: steel, member: world.ana.id, title: '조용한 펌프', memo: 'of the need' })
  const values = { names: ['title'], base: [''], mine: ['조용한 펌프'], theirs: ['펌프 소음'], kept: 'mine' }
  const times = { theirs_at: null, made_at: '2026-11-24T13:10:00.000+09:00', received_at: '2026-11-24T05:00:00.000Z' }
  const open = { choice: null, resolved_by: null, closed_at: null, their_member: null }
  conflict = await hold(db, 'conflict', newId(), { customer: steel, shape: 'need', row: need, member: world.ben.id, ...values, ...times, ...open })
}

afterEach(async () => {
  setCurrentPhone(undefined)
  await db.delete()
})

async function decide(choice: Choice, note?: string): Promise<void> {
  const { line } = (await watch(conflictCard(conflict)).until(isThere))!
  await written(() => resolveConflict({ conflict: line.conflict, choice, seen: { title: line.now?.[0] }, ...(note === undefined ? {} : { note }) }))
}

describe('a field of a need that two engineers set differently', () => {
  it('is decided by whoever edits needs, whatever territory it was heard in', async () => {
    await workAs(world.jun)
    const { line } = (await watch(conflictCard(conflict)).until(isThere))!
    expect(line).toMatchObject({ may: 'decide', part: '조용한 펌프', memo: 'of the need', now: ['조용한 펌프'] })
    await decide('replace')
    const card = await watch(needCard(need)).until((value) => value?.need.title === '펌프 소음')
    expect(card?.entryState).toBe('saved')
  })

  it('is only looked at by a rep, although the customer is theirs', async () => {
    await workAs(world.ana)
    const { line } = (await watch(conflictCard(conflict)).until(isThere))!
    expect(line.may).toBe('look')
  })

  it('goes to the memo of the need, and what is written there later rests on it', async () => {
    await workAs(world.jun)
    await decide('note', '제목: 조용한 펌프, 펌프 소음')
    const card = await watch(needCard(need)).until((value) => value?.need.memo === 'of the need\n제목: 조용한 펌프, 펌프 소음')
    await changeNeed({ need, seen: { answer: card!.need.answer }, values: { answer: '내년 봄에' } })
    const [decision, later] = (await db.outbox.orderBy('n').toArray()).flatMap((row) => readEntry(row.bytes) ?? [])
    expect(decision).toMatchObject({ kind: 'conflict.resolve', args: { choice: 'note' } })
    expect(later?.after).toEqual([decision?.id])
  })
})
