import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { editCustomer } from '../actions/editCustomer'
import { restoreAndRetry } from '../actions/restoreRow'
import { resolveConflict } from '../actions/resolveConflict'
import { setCurrentPhone } from '../db/current'
import { touchStamp } from '../db/meta'
import type { Phone } from '../db/schema'
import type { Choice, Conflict } from '../shapes/conflict'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import { readRow } from '../shapes/row'
import { entries, hold, holdCustomer, settle } from '../testing/office'
import { layDown, takeUp } from '../testing/phone'
import { written } from '../testing/undo'
import { isThere, watch } from '../testing/watch'
import { customerFields, makeWorld, type World } from '../testing/world'
import { conflictCard, conflicts } from './conflicts'
import { customerCard } from './customers'
import { outbox } from './outbox'
import { status } from './status'

let world: World
let db: Phone
let steel: string

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world)
  steel = await holdCustomer(db, world, '대한철강', { memo: 'Ana' })
})

afterEach(() => {
  vi.useRealTimers()
  layDown(db)
})

async function conflict(part: Fields = {}): Promise<Conflict> {
  const values = { customer: steel, shape: 'customer', row: steel, names: ['memo'], base: [''], mine: ['Ana'], theirs: ['Ben'], kept: 'mine' }
  const times = { theirs_at: '2026-11-24T04:40:00.000Z', made_at: '2026-11-24T13:10:00.000+09:00', received_at: '2026-11-24T05:00:00.000Z' }
  const open = { choice: null, resolved_by: null, closed_at: null }
  const f = { ...values, ...times, ...open, member: world.ana.id, their_member: world.ben.id, ...part }
  const id = await hold(db, 'conflict', newId(), f)
  return readRow('conflict', { id, f })
}

/** An edit of Ana's that met Ben's, as it comes back. */
async function met(part: Fields = {}): Promise<{ entry: string; conflict: Conflict }> {
  const saved = await editCustomer({ customer: steel, seen: { memo: '' }, values: { memo: 'Ana' } })
  const found = await conflict(part)
  const told = [{ id: found.id, shape: 'customer', row: steel, names: ['memo'] }]
  await settle(db, saved!.entryId, { state: 'conflict', overlay: 0, conflicts: told, settledAt: new Date().toISOString() })
  return { entry: saved!.entryId, conflict: found }
}

/** A decision whose ten seconds have passed. */
async function decide(on: Conflict, choice: Choice, seen: Fields = { memo: 'Ana' }, note?: string): Promise<void> {
  await written(() => resolveConflict({ conflict: on, choice, seen, ...(note === undefined ? {} : { note }) }))
}

describe('a decision', () => {
  it('can be undone for ten seconds, in which nothing has happened', async () => {
    const { entry, conflict: found } = await met()
    const items = watch(outbox)
    await items.until((value) => value?.[0]?.conflicts.length === 1)
    const deciding = resolveConflict({ conflict: found, choice: 'keep', seen: {} })
    await items.until((value) => value?.[0]?.conflicts.length === 0)
    const card = watch(conflictCard(found.id))
    expect((await card.until(isThere)).line.undoUntil).toBeDefined()
    deciding.undo()
    expect(await deciding.done).toBeUndefined()
    await card.until((value) => value?.line.undoUntil === undefined)
    const seen = await items.until((value) => value?.[0]?.conflicts.length === 1)
    expect(seen?.[0]).toMatchObject({ entryId: entry, state: 'attention' })
    expect(await db.outbox.count()).toBe(1)
  })

  it('to keep says nothing but that', async () => {
    const found = await conflict()
    await decide(found, 'keep')
    const [entry] = await entries(db)
    expect(entry).toMatchObject({ kind: 'conflict.resolve', args: { conflict: found.id, choice: 'keep' } })
    expect(entry).not.toHaveProperty('from')
    expect(entry?.args).not.toHaveProperty('note')
  })

  it('to replace says what the row held before the eyes, and shows the other value at once', async () => {
    const found = await conflict()
    await decide(found, 'replace')
    expect((await entries(db))[0]).toMatchObject({ args: { choice: 'replace' }, from: { memo: 'Ana' } })
    const card = await watch(customerCard(steel)).until((value) => value?.customer.memo === 'Ben')
    expect(card?.standings.get(`customer:${steel}`)?.state).toBe('saved')
    expect(card?.conflicts).toEqual({ count: 0 })
  })

  it('to note both carries the text into the memo', async () => {
    const found = await conflict({ names: ['phone'], mine: ['02-1'], theirs: ['02-2'] })
    await decide(found, 'note', {}, '전화: 02-1, 02-2')
    expect((await entries(db))[0]).toMatchObject({ args: { choice: 'note', note: '전화: 02-1, 02-2' } })
    const card = await watch(customerCard(steel)).until((value) => value?.customer.memo === 'Ana\n전화: 02-1, 02-2')
    expect(card?.conflicts).toEqual({ count: 0 })
  })

  it('is one that later edits of the row rest on', async () => {
    const found = await conflict()
    await decide(found, 'replace')
    await editCustomer({ customer: steel, seen: { memo: 'Ben' }, values: { memo: 'Later' } })
    const [decision, later] = await entries(db)
    expect(later?.after).toEqual([decision?.id])
  })

  it('of somebody who leaves meanwhile is not written in the name of who comes', async () => {
    const found = await conflict()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { done } = resolveConflict({ conflict: found, choice: 'keep', seen: {} })
    setCurrentPhone(undefined)
    vi.advanceTimersByTime(10_000)
    vi.useRealTimers()
    expect(await done).toBeUndefined()
    expect(await db.outbox.count()).toBe(0)
  })
})

describe('what needs a decision', () => {
  it('counts for its writer until it is decided, here or elsewhere', async () => {
    const { entry, conflict: found } = await met()
    const counts = watch(status)
    await counts.until((value) => value.attention === 1 && value.toDecide === 1)
    const items = watch(outbox)
    expect((await items.until(isThere))[0]).toMatchObject({ state: 'attention', conflicts: [found.id], canRetry: false, canDiscard: false })
    await hold(db, 'conflict', found.id, { ...found, choice: 'keep', closed_at: '2026-11-24T06:00:00.000Z' })
    await counts.until((value) => value.attention === 0)
    const seen = await items.until((value) => value?.[0]?.state === 'applied')
    expect(seen?.[0]?.entryId).toBe(entry)
  })

  it('is one calm line on the page of the customer, and leads to the newest', async () => {
    await conflict({ received_at: '2026-11-24T05:00:00.000Z' })
    const newest = await conflict({ received_at: '2026-11-24T06:00:00.000Z', names: ['phone'] })
    await conflict({ closed_at: '2026-11-24T07:00:00.000Z' })
    const card = await watch(customerCard(steel)).until(isThere)
    expect(card.conflicts).toEqual({ count: 2, newest: newest.id })
  })

  it('is shown with both people, what the row holds now and what else of the customer waits', async () => {
    const found = await conflict()
    const other = await conflict({ names: ['phone'], mine: ['02-1'], theirs: ['02-2'] })
    const card = await watch(conflictCard(found.id)).until(isThere)
    expect(card.line).toMatchObject({ now: ['Ana'], writer: { name: 'Ana' }, former: { name: 'Ben' }, isWriter: true, isFormer: false, may: 'decide' })
    expect(card.others.map((line) => line.conflict.id)).toEqual([other.id])
    await hold(db, 'customer', steel, { ...customerFields(world, '대한철강'), memo: 'Mia, later' })
    await watch(conflictCard(found.id)).until((value) => value?.line.now?.[0] === 'Mia, later')
  })

  it('is listed: what is open, what is mine, what is decided, the newest first', async () => {
    const older = await conflict({ received_at: '2026-11-24T05:00:00.000Z' })
    const newer = await conflict({ received_at: '2026-11-24T06:00:00.000Z', member: world.mia.id })
    const foreign = await conflict({ received_at: '2026-11-24T04:00:00.000Z', member: world.mia.id, their_member: world.mia.id })
    const over = await conflict({ choice: 'keep', closed_at: '2026-11-24T07:00:00.000Z', member: world.mia.id })
    const listed = async (filter: 'open' | 'mine' | 'decided') => {
      const lines = await watch(conflicts(filter)).until((value) => value !== undefined && value.length > 0)
      return lines?.map((line) => line.conflict.id)
    }
    expect(await listed('open')).toEqual([newer.id, older.id, foreign.id])
    expect(await listed('mine')).toEqual([older.id])
    expect(await listed('decided')).toEqual([over.id])
  })

  it.each([
    ['whoever edits the customer', {}, {}, 'decide'],
    ['the writer where they no longer work', { territories: [] }, {}, 'let_go'],
    ['somebody else who only reads', { role: 'executive' }, { member: 'ben' }, 'look'],
  ])('may be decided by %s', async (_, member, part, may) => {
    await hold(db, 'member', world.ana.id, { ...world.ana, ...member })
    const found = await conflict('member' in part ? { member: world.ben.id } : {})
    const card = await watch(conflictCard(found.id)).until(isThere)
    expect(card.line.may).toBe(may)
  })

  it('is let go where the row was removed', async () => {
    const found = await conflict({ shape: 'site', row: newId(), names: ['address'] })
    const card = await watch(conflictCard(found.id)).until(isThere)
    expect(card.line).toMatchObject({ may: 'let_go' })
    expect(card.line.now).toBeUndefined()
  })
})

describe('an edit of a removed row', () => {
  async function removed(): Promise<string> {
    const saved = await editCustomer({ customer: steel, seen: { memo: 'Ana' }, values: { memo: 'Still wanted' } })
    await db.transaction('rw', [db.customer, db.journal, db.meta], async () => {
      await db.customer.delete(steel)
      await db.journal.update(saved!.entryId, { state: 'parked', code: 'row_deleted', params: { field: 'customer' } })
      await touchStamp(db)
    })
    return saved!.entryId
  }

  it('still knows whom it is about, and offers to bring the row back', async () => {
    const entry = await removed()
    const items = await watch(outbox).until((value) => value?.[0]?.state === 'attention')
    expect(items?.[0]).toMatchObject({ entryId: entry, customerName: '대한철강', removed: { shape: 'customer', row: steel } })
  })

  it('is tried again once the row is there: the retry follows the restore, and the restore nothing', async () => {
    const entry = await removed()
    await restoreAndRetry({ shape: 'customer', row: steel, entry })
    const [, restore, retry] = await entries(db)
    expect(restore).toMatchObject({ kind: 'customer.restore', args: { customer: steel } })
    expect(restore).not.toHaveProperty('after')
    expect(retry).toMatchObject({ kind: 'entry.retry', args: { entry }, after: [restore?.id] })
    const items = await watch(outbox).until((value) => value?.find((item) => item.entryId === entry)?.state === 'saved')
    expect(items?.every((item) => item.removed === undefined)).toBe(true)
  })

  it('of a site goes over its customer when that is removed as well', async () => {
    const entry = await removed()
    await settle(db, entry, { params: { field: 'site' } })
    const items = await watch(outbox).until((value) => value?.[0]?.removed !== undefined)
    expect(items?.[0]?.removed).toEqual({ shape: 'customer', row: steel })
  })

  it('offers nothing to whoever may not', async () => {
    await removed()
    await hold(db, 'member', world.ana.id, { ...world.ana, role: 'engineer' })
    const items = await watch(outbox).until((value) => value?.[0]?.state === 'attention')
    expect(items?.[0]?.removed).toBeUndefined()
  })
})

describe('a chain of parked entries', () => {
  it('has one place to set it right: the others say what they wait for', async () => {
    const first = await editCustomer({ customer: steel, seen: { memo: 'Ana' }, values: { memo: 'x' } })
    const second = await editCustomer({ customer: steel, seen: { phone: '' }, values: { phone: '02-1' } })
    const third = await editCustomer({ customer: steel, seen: { segment: '' }, values: { segment: 'A' } })
    await settle(db, first!.entryId, { state: 'parked', code: 'too_long', params: { field: 'memo', max: 4000 } })
    await settle(db, second!.entryId, { state: 'parked', code: 'waits_for', params: { entry: first!.entryId } })
    await settle(db, third!.entryId, { state: 'parked', code: 'waits_for', params: { entry: second!.entryId } })
    const items = await watch(outbox).until((value) => value?.every((item) => item.state === 'attention') ?? false)
    expect(items?.map((item) => [item.waiting, item.waitsFor, item.canEdit, item.canRetry, item.canDiscard])).toEqual([
      [2, undefined, true, true, true],
      [1, first!.entryId, false, false, true],
      [0, second!.entryId, false, false, true],
    ])
  })
})
