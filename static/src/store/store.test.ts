import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addComment } from '../actions/addComment'
import { arrive } from '../actions/arrive'
import { cancelVisit } from '../actions/cancelVisit'
import { discardEntry } from '../actions/discardEntry'
import { keepCommitment } from '../actions/keepCommitment'
import { logVisit } from '../actions/logVisit'
import { planVisit } from '../actions/planVisit'
import { Refusal } from '../actions/refusal'
import { retryEntry } from '../actions/retryEntry'
import { supersedeEntry } from '../actions/supersedeEntry'
import { undoLog } from '../actions/undoLog'
import { setCurrentPhone } from '../db/current'
import { writeMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { newVisit } from '../overlay/newVisit'
import { newId } from '../shapes/id'
import { dayOf } from '../shapes/time'
import type { Visit } from '../shapes/visit'
import { hold, holdCustomer, settle } from '../testing/office'
import { layDown, takeUp } from '../testing/phone'
import { openDb } from '../testing/rig'
import { isThere, watch } from '../testing/watch'
import { customerFields, makeWorld, type World } from '../testing/world'
import { customerCard, searchCustomers } from './customers'
import { exportUnsent } from './exportFile'
import { feed, showFresh, showMore } from './feed'
import { outbox } from './outbox'
import { members } from './reference'
import { status } from './status'
import { lastSeenCustomer, today, visitCard } from './visits'

let world: World
let db: Phone

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world)
})

afterEach(() => layDown(db))

const TODAY = dayOf(new Date(), 'Asia/Seoul')

async function customer(name: string): Promise<string> {
  return holdCustomer(db, world, name)
}

async function visit(part: Partial<Visit> & { customer: string }, by = world.ana): Promise<string> {
  const id = part.id ?? newId()
  const made = newVisit(by, { id, customer: part.customer, made_at: new Date().toISOString() })
  return hold(db, 'visit', id, { ...made, ...part })
}

async function logged(of: string, at: string, by = world.ben): Promise<string> {
  return visit({ customer: of, state: 'finished', outcome: 'progress', logged_at: at }, by)
}

/** Noon in Seoul: a day whatever hour it is where the tests run. */
function daysAgo(days: number): string {
  return new Date(Date.parse(`${TODAY}T12:00:00+09:00`) - days * 86_400_000).toISOString()
}

describe('today', () => {
  it('shows what is planned by time, what is due and what is done, with what is still on this phone', async () => {
    const [first, second, third] = [await customer('가'), await customer('나'), await customer('다')]
    await visit({ customer: second, planned_for: TODAY, planned_time: '14:00' })
    await visit({ customer: third, planned_for: TODAY })
    const day = watch(today(TODAY))
    await day.until(isThere)
    const { rowId } = await planVisit({ customer: first, plannedFor: TODAY, plannedTime: '09:30' })
    const planned = await day.until((value) => value?.planned.length === 3)
    expect(planned?.planned.map((stop) => stop.customer?.name)).toEqual(['가', '나', '다'])
    expect(planned?.planned.map((stop) => stop.entryState)).toEqual(['saved', 'applied', 'applied'])

    const next = { step: 'quote' as const, dueOn: TODAY }
    await logVisit({ visit: rowId, customer: first, outcome: 'progress', nextStep: next })
    const done = await day.until((value) => value?.done.length === 1)
    expect(done?.planned).toHaveLength(2)
    expect(done?.done[0]).toMatchObject({ customer: { name: '가' }, entryState: 'saved', isMine: true })
    expect(done?.commitmentsDue[0]).toMatchObject({ commitment: { step: 'quote', due_on: TODAY }, entryState: 'saved' })
  })

  it('keeps a visit in sight that was begun without a plan, and drops what was cancelled', async () => {
    const of = await customer('가')
    const planned = await visit({ customer: of, planned_for: TODAY })
    const day = watch(today(TODAY))
    await arrive({ customer: await customer('나') })
    await cancelVisit({ visit: planned })
    const seen = await day.until((value) => value?.planned.length === 1 && value.planned[0]?.visit.state === 'started')
    expect(seen?.planned[0]?.customer?.name).toBe('나')
  })

  it('shows nothing of what colleagues plan', async () => {
    await visit({ customer: await customer('가'), planned_for: TODAY }, world.ben)
    const day = watch(today(TODAY))
    expect((await day.until(isThere)).planned).toEqual([])
  })

  it('suggests with reasons: what was promised, who is near, who was not seen for long, who never was', async () => {
    const [promised, near, unseen, never, fresh, planned] = [
      await customer('promised'), await customer('near'), await customer('unseen'), await customer('never'), await customer('fresh'), await customer('planned'),
    ]
    await logged(promised, daysAgo(2))
    await hold(db, 'commitment', newId(), { customer: promised, visit: null, member: world.ana.id, step: 'quote', text: '', due_on: TODAY, state: 'open' })
    await hold(db, 'site', newId(), { customer: near, name: '', address: '', latitude: 37.5662952, longitude: 126.9779451, geofence_m: 100 })
    await logged(near, daysAgo(1))
    await logged(unseen, daysAgo(30))
    await logged(fresh, daysAgo(3))
    await visit({ customer: planned, planned_for: TODAY })
    const day = watch(today(TODAY, { latitude: 37.5671, longitude: 126.978 }))
    const seen = await day.until((value) => value?.suggested.length === 4)
    const reasons = seen?.suggested.map((one) => [one.customer.name, one.reasons[0]?.code])
    expect(reasons).toEqual([['promised', 'commitment_due'], ['near', 'near'], ['unseen', 'long_unseen'], ['never', 'never_visited']])
    expect(seen?.suggested[2]?.reasons[0]).toMatchObject({ days: 30 })
    expect(never).not.toBe('')
  })
})

describe('a visit', () => {
  it('shows its comments, commitments and the state of its entries', async () => {
    const of = await customer('가')
    const { rowId } = await logVisit({ customer: of, outcome: 'problem', note: '누수', nextStep: { step: 'material', dueOn: TODAY } })
    const card = watch(visitCard(rowId))
    await addComment({ visit: rowId, text: '제가 갈게요' })
    const seen = await card.until((value) => value?.comments.length === 1)
    expect(seen).toMatchObject({
      visit: { note: '누수', state: 'finished' },
      customer: { name: '가' },
      author: { name: 'Ana' },
      entryState: 'saved',
      pendingKinds: ['visit.log'],
      isMine: true,
    })
    expect(seen?.comments[0]).toMatchObject({ comment: { text: '제가 갈게요' }, author: { name: 'Ana' }, entryState: 'saved' })
    const [promise] = seen?.commitments ?? []
    await keepCommitment({ commitment: promise!.commitment.id })
    const kept = await card.until((value) => value?.commitments[0]?.commitment.state === 'kept')
    expect(kept?.commitments[0]?.entryState).toBe('saved')
  })

  it('goes from saved to sent to applied, and to attention when it is parked', async () => {
    const { rowId, entryId } = await logVisit({ customer: await customer('가'), outcome: 'progress' })
    const card = watch(visitCard(rowId))
    expect((await card.until(isThere)).entryState).toBe('saved')
    await writeMeta(db, 'received', 1)
    await settle(db, entryId, {})
    await card.until((value) => value?.entryState === 'sent')
    await settle(db, entryId, { state: 'parked', code: 'product_inactive', params: { field: 'product' } })
    const parked = await card.until((value) => value?.entryState === 'attention')
    expect(parked?.parked).toMatchObject({ entryId, code: 'product_inactive', kind: 'visit.log' })
    await settle(db, entryId, { state: 'applied', code: null })
    await card.until((value) => value?.entryState === 'applied')
  })

  it('stays in sight and marked while its entry is parked, and goes when it is given up', async () => {
    const { rowId, entryId } = await planVisit({ customer: await customer('가'), plannedFor: TODAY })
    await settle(db, entryId, { state: 'parked', code: 'not_found', params: { field: 'customer' } })
    const day = watch(today(TODAY))
    const seen = await day.until((value) => value?.planned[0]?.entryState === 'attention')
    expect(seen?.planned.map((stop) => stop.visit.id)).toEqual([rowId])
    await settle(db, entryId, { state: 'discarded' })
    await day.until((value) => value?.planned.length === 0)
  })

  it('is taken back by the undo after a save', async () => {
    const { rowId } = await logVisit({ customer: await customer('가'), outcome: 'progress' })
    const day = watch(today(TODAY))
    await day.until((value) => value?.done.length === 1)
    await undoLog(rowId)
    await day.until((value) => value?.done.length === 0)
    const card = watch(visitCard(rowId))
    expect((await card.until(isThere)).visit.withdrawn_at).not.toBeNull()
  })

  it('that this phone does not hold is null', async () => {
    const card = watch(visitCard(newId()))
    expect(await card.until((value) => value !== undefined)).toBeNull()
    expect(card.values[0]).toBeUndefined()
  })
})

describe('a customer', () => {
  it('comes with sites, people, visits newest first and open commitments', async () => {
    const of = await customer('대한철강')
    await hold(db, 'site', newId(), { customer: of, name: '본사', address: '인천' })
    await hold(db, 'contact', newId(), { customer: of, name: '김민수' })
    const [older, newer] = [await logged(of, daysAgo(5)), await logged(of, daysAgo(1))]
    const card = watch(customerCard(of))
    const { rowId } = await logVisit({ customer: of, outcome: 'no_change' })
    const seen = await card.until((value) => value?.visits.length === 3)
    expect(seen?.visits.map((line) => line.visit.id)).toEqual([rowId, newer, older])
    expect(seen).toMatchObject({ sites: [{ name: '본사' }], contacts: [{ name: '김민수' }], territory: { name: 'North' } })
  })

  it('is found by what changes a moment later', async () => {
    const hits = watch(searchCustomers('ㄷㅎㅊㄱ'))
    await hits.until((value) => value?.length === 0)
    const of = await customer('대한철강')
    expect((await hits.until((value) => value?.length === 1))?.[0]?.customer.id).toBe(of)
    await hold(db, 'customer', of, customerFields(world, '현대철강'))
    await hits.until((value) => value?.length === 0)
    const people = watch(searchCustomers('김민수'))
    await hold(db, 'contact', newId(), { customer: of, name: '김민수' })
    expect((await people.until((value) => value?.length === 1))?.[0]).toMatchObject({ matchedBy: 'contact', customer: { name: '현대철강' } })
  })

  it('seen last is of the newest own visit', async () => {
    const [one, two] = [await customer('하나'), await customer('둘')]
    await logged(one, daysAgo(1), world.ana)
    await logged(two, daysAgo(0.5), world.ben)
    const last = watch(lastSeenCustomer())
    expect((await last.until(isThere)).name).toBe('하나')
    await logVisit({ customer: two, outcome: 'progress' })
    await last.until((value) => value?.name === '둘')
  })
})

describe('the feed', () => {
  it('holds back what comes in while it is read, and lets it in when asked', async () => {
    const of = await customer('가')
    const first = await logged(of, daysAgo(2))
    const reading = watch(feed({}))
    expect((await reading.until(isThere)).items.map((item) => item.visit.id)).toEqual([first])
    const second = await logged(of, daysAgo(1))
    const third = await logged(of, daysAgo(0.5))
    const held = await reading.until((value) => value?.fresh === 2)
    expect(held?.items.map((item) => item.visit.id)).toEqual([first])
    showFresh()
    const shown = await reading.until((value) => value?.fresh === 0)
    expect(shown?.items.map((item) => item.visit.id)).toEqual([third, second, first])
    expect(reading.values.filter((value) => value === undefined).length).toBeLessThanOrEqual(1)
  })

  it('lets own ones in at once, and changes what is before the eyes', async () => {
    const of = await customer('가')
    const first = await logged(of, daysAgo(2))
    const reading = watch(feed({}))
    await reading.until(isThere)
    const { rowId } = await logVisit({ customer: of, outcome: 'progress' })
    const seen = await reading.until((value) => value?.items.length === 2)
    expect(seen?.items[0]).toMatchObject({ visit: { id: rowId }, entryState: 'saved', isMine: true })
    await addComment({ visit: first, text: '수고했어요' })
    await reading.until((value) => value?.items[1]?.comments === 1)
  })

  it('filters by outcome and territory', async () => {
    const [here, there] = [await customer('가'), await holdCustomer(db, world, '나', { territory: newId() })]
    await logged(here, daysAgo(1))
    await logged(there, daysAgo(1))
    await visit({ customer: here, state: 'finished', outcome: 'problem', logged_at: daysAgo(2) }, world.ben)
    const inNorth = watch(feed({ territory: world.north }))
    expect((await inNorth.until(isThere)).items).toHaveLength(2)
    const problems = watch(feed({ outcome: 'problem', territory: world.north }))
    expect((await problems.until(isThere)).items).toHaveLength(1)
  })

  it('grows backwards when asked', async () => {
    const of = await customer('가')
    for (let i = 0; i < 40; i++) await logged(of, daysAgo(i + 1))
    const reading = watch(feed({}))
    const first = await reading.until(isThere)
    expect([first.items.length, first.hasMore, first.fresh]).toEqual([30, true, 0])
    showMore()
    const all = await reading.until((value) => value?.items.length === 40)
    expect([all?.hasMore, all?.fresh]).toEqual([false, 0])
  })

  it('shows a visit once although it was begun and finished, and none that was withdrawn', async () => {
    const of = await customer('가')
    await visit({ customer: of, state: 'finished', outcome: 'progress', arrived_at: daysAgo(1.1), logged_at: daysAgo(1) }, world.ben)
    await visit({ customer: of, state: 'started', arrived_at: daysAgo(0.2) }, world.ben)
    await visit({ customer: of, state: 'finished', outcome: 'progress', logged_at: daysAgo(1), withdrawn_at: daysAgo(0.9) }, world.ben)
    const reading = watch(feed({}))
    expect((await reading.until(isThere)).items.map((item) => item.visit.state)).toEqual(['started', 'finished'])
  })
})

describe('the outbox', () => {
  it('lists what needs the person first, then what is on its way, then what went in', async () => {
    const of = await customer('대한철강')
    const [applied, parked, saved] = [
      await planVisit({ customer: of, plannedFor: TODAY }),
      await logVisit({ customer: of, outcome: 'progress' }),
      await planVisit({ customer: of, plannedFor: TODAY }),
    ]
    await writeMeta(db, 'received', 2)
    await settle(db, applied.entryId, { state: 'applied', overlay: 0, settledAt: new Date().toISOString() })
    await settle(db, parked.entryId, { state: 'parked', code: 'not_found', params: { field: 'customer' } })
    const items = await watch(outbox).until((value) => value?.length === 3)
    expect(items?.map((item) => [item.entryId, item.state])).toEqual([
      [parked.entryId, 'attention'],
      [saved.entryId, 'saved'],
      [applied.entryId, 'applied'],
    ])
    expect(items?.[0]).toMatchObject({ code: 'not_found', customerName: '대한철강', canRetry: true, canEdit: true, canDiscard: true })
    expect(items?.[1]).toMatchObject({ canRetry: false, canEdit: false, canDiscard: false })
  })

  it('names the customer of an entry that only names a visit', async () => {
    const of = await customer('대한철강')
    const { rowId } = await logVisit({ customer: of, outcome: 'progress' })
    await addComment({ visit: rowId, text: 'x' })
    const items = await watch(outbox).until((value) => value?.length === 2)
    expect(items?.map((item) => item.customerName)).toEqual(['대한철강', '대한철강'])
  })

  it('says what an entry waits for, and leaves nothing to tap but discard', async () => {
    const { entryId } = await planVisit({ customer: await customer('가'), plannedFor: TODAY })
    const other = newId()
    await settle(db, entryId, { state: 'parked', code: 'waits_for', params: { entry: other } })
    const items = await watch(outbox).until((value) => value?.[0]?.state === 'attention')
    expect(items?.[0]).toMatchObject({ waitsFor: other, canRetry: false, canEdit: false, canDiscard: true })
  })

  it('a retry takes the entry out of the way until it is answered', async () => {
    const { entryId } = await planVisit({ customer: await customer('가'), plannedFor: TODAY })
    await settle(db, entryId, { state: 'parked', code: 'not_found' })
    const items = watch(outbox)
    await items.until((value) => value?.[0]?.state === 'attention')
    await retryEntry({ entry: entryId })
    const seen = await items.until((value) => value?.find((item) => item.entryId === entryId)?.state === 'saved')
    expect(seen?.find((item) => item.entryId === entryId)).toMatchObject({ canRetry: false, canDiscard: false })
  })

  it('an edit replaces the parked entry on every screen at once', async () => {
    const of = await customer('가')
    const { entryId, rowId } = await logVisit({ customer: of, outcome: 'progress', note: 'old' })
    await settle(db, entryId, { state: 'parked', code: 'too_long' })
    const card = watch(visitCard(rowId))
    await card.until((value) => value?.entryState === 'attention')
    await supersedeEntry(entryId, { visit: rowId, customer: of, outcome: 'progress', note: 'new' })
    const seen = await card.until((value) => value?.visit.note === 'new')
    expect(seen?.entryState).toBe('saved')
    const items = await watch(outbox).until((value) => value?.length === 1)
    expect(items?.[0]?.entryId).not.toBe(entryId)
    await expect(supersedeEntry(newId(), {})).rejects.toThrow(Refusal)
  })

  it('a discard can be undone for ten seconds, in which nothing has happened', async () => {
    const { entryId } = await planVisit({ customer: await customer('가'), plannedFor: TODAY })
    await settle(db, entryId, { state: 'parked', code: 'not_found' })
    const items = watch(outbox)
    await items.until((value) => value?.[0]?.canDiscard === true)
    const discarding = discardEntry({ entry: entryId })
    const seen = await items.until((value) => value?.[0]?.discardUntil !== undefined)
    expect(seen?.[0]?.canDiscard).toBe(false)
    discarding.undo()
    expect(await discarding.done).toBeUndefined()
    await items.until((value) => value?.[0]?.discardUntil === undefined)
    expect(await db.outbox.count()).toBe(1)
  })

  it('can be carried away as a file with its hashes', async () => {
    await planVisit({ customer: await customer('가'), plannedFor: TODAY })
    const file = JSON.parse(await (await exportUnsent()).text()) as { entries: { n: number; chain: string; entry: string }[] }
    expect(file.entries).toEqual([{ n: 1, chain: (await db.chain.get(1))?.hash, entry: (await db.outbox.get(1))?.bytes }])
  })
})

describe('the status', () => {
  it('counts what is where', async () => {
    const counts = watch(status)
    const of = await customer('가')
    const saved = await planVisit({ customer: of, plannedFor: TODAY })
    const { heldSince } = await counts.until((value) => value.saved === 1 && value.counts.customers === 1)
    expect(heldSince).toBeDefined()
    await writeMeta(db, 'received', 1)
    await counts.until((value) => value.saved === 0 && value.sent === 1)
    await settle(db, saved.entryId, { state: 'parked' })
    await counts.until((value) => value.sent === 0 && value.attention === 1)
  })
})

describe('T26: another member at work', () => {
  it('sees nothing of the former, on any screen that stays open', async () => {
    await planVisit({ customer: await customer('가'), plannedFor: TODAY })
    const [day, items, people] = [watch(today(TODAY)), watch(outbox), watch(members)]
    await day.until((value) => value?.planned.length === 1)
    const other = await openDb(world, world.ben)
    setCurrentPhone(other)
    const empty = await day.until((value) => value?.planned.length === 0)
    expect(empty?.suggested).toEqual([])
    await items.until((value) => value?.length === 0)
    await people.until((value) => value.size === 0)
    setCurrentPhone(undefined)
    expect(day.last).toBeUndefined()
    await expect(planVisit({ customer: 'x', plannedFor: TODAY })).rejects.toMatchObject({ code: 'signed_out' })
    other.close()
  })
})
