import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { editContact } from '../actions/editContact'
import { editCustomer } from '../actions/editCustomer'
import { editSite } from '../actions/editSite'
import { planVisit } from '../actions/planVisit'
import { supersedeEntry } from '../actions/supersedeEntry'
import { setCurrentPhone } from '../db/current'
import { writeMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { readEntry, type Entry } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import { dayOf } from '../shapes/time'
import { hold, holdCustomer, settle } from '../testing/office'
import { layDown, takeUp } from '../testing/phone'
import { isThere, watch } from '../testing/watch'
import { makeWorld, type World } from '../testing/world'
import { customerCard, searchCustomers } from './customers'
import { editable } from './editing'
import { outbox } from './outbox'
import { today, visitCard } from './visits'

let world: World
let db: Phone
let steel: string
let gate: string
let kim: string
const TODAY = dayOf(new Date(), 'Asia/Seoul')

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world)
  steel = await holdCustomer(db, world, '대한철강')
  gate = await hold(db, 'site', newId(), { customer: steel, name: '본사', address: '인천', latitude: null, longitude: null, geofence_m: 100 })
  kim = await hold(db, 'contact', newId(), { customer: steel, site: null, name: '김민수', title: '과장', part: 'decides' })
})

afterEach(() => layDown(db))

/** What the last entry of the outbox says. */
async function written(): Promise<Entry> {
  const row = await db.outbox.orderBy('n').last()
  return readEntry(row?.bytes ?? '')!
}

async function base(name: 'customer' | 'site' | 'contact', id: string, f: Fields): Promise<void> {
  await hold(db, name, id, { ...(await db[name].get(id))?.f, ...f })
}

describe('an edit', () => {
  it('says only what differs from what was seen, and what was seen of it', async () => {
    const seen = { name: '대한철강', memo: '', phone: '' }
    await editCustomer({ customer: steel, seen, values: { name: '대한철강', memo: '정문은 왼쪽', phone: '' } })
    expect(await written()).toMatchObject({
      kind: 'customer.change',
      args: { customer: steel, memo: '정문은 왼쪽' },
      from: { memo: '' },
    })
    expect(Object.keys((await written()).args)).toEqual(['customer', 'memo'])
  })

  it('writes nothing when nothing differs, be it for spaces or for how letters are put together', async () => {
    const values = { name: ' \u1103\u1162\u1112\u1161\u11ab\u110e\u1165\u11af\u1100\u1161\u11bc ', phone: '  ' }
    expect(await editCustomer({ customer: steel, seen: { name: '대한철강', phone: '' }, values })).toBeUndefined()
    expect(await db.outbox.count()).toBe(0)
  })

  it('is written as the server stores it, so that the next one does not meet it', async () => {
    await editCustomer({ customer: steel, seen: { name: '대한철강' }, values: { name: '  \u1112\u1161\u11ab\u110b\u1175\u11af ' } })
    expect((await written()).args).toEqual({ customer: steel, name: '한일' })
    const card = await watch(customerCard(steel)).until((value) => value?.customer.name === '한일')
    await editCustomer({ customer: steel, seen: { ...card!.customer }, values: { name: '한일정밀' } })
    expect((await written()).from).toEqual({ name: '한일' })
  })

  it('of one coordinate says both', async () => {
    await editSite({ site: gate, seen: { latitude: 37.5, longitude: 127 }, values: { latitude: 37.6, longitude: 127 } })
    expect(await written()).toMatchObject({ args: { latitude: 37.6, longitude: 127 }, from: { latitude: 37.5, longitude: 127 } })
  })

  it('of a person may take the site away', async () => {
    await editContact({ contact: kim, seen: { site: gate }, values: { site: null } })
    expect(await written()).toMatchObject({ kind: 'contact.change', args: { contact: kim, site: null }, from: { site: gate } })
  })

  it('that is corrected is still a change of what was seen then', async () => {
    const saved = await editCustomer({ customer: steel, seen: { memo: 'seen' }, values: { memo: 'x'.repeat(4001) } })
    await settle(db, saved!.entryId, { state: 'parked', code: 'too_long' })
    await supersedeEntry(saved!.entryId, { customer: steel, memo: 'short' })
    expect(await written()).toMatchObject({ supersedes: saved!.entryId, args: { memo: 'short' }, from: { memo: 'seen' } })
  })
})

describe('what is pending', () => {
  it('lies over the customer, its sites and its people, and says how it stands', async () => {
    const card = watch(customerCard(steel))
    await card.until(isThere)
    await editCustomer({ customer: steel, seen: { memo: '' }, values: { memo: '정문은 왼쪽' } })
    await editSite({ site: gate, seen: { access_gate: '' }, values: { access_gate: '서문' } })
    await editContact({ contact: kim, seen: { title: '과장' }, values: { title: '부장' } })
    const seen = await card.until((value) => value?.contacts[0]?.title === '부장')
    expect(seen).toMatchObject({ customer: { memo: '정문은 왼쪽' }, sites: [{ access_gate: '서문' }], canEdit: true })
    const keys = [`customer:${steel}`, `site:${gate}`, `contact:${kim}`]
    expect(keys.map((key) => seen?.standings.get(key)?.state)).toEqual(['saved', 'saved', 'saved'])
    expect((await db.customer.get(steel))?.f.memo).toBe('')
  })

  it('is found by searching, and no longer when it is given up', async () => {
    const hits = watch(searchCustomers('한일'))
    await hits.until((value) => value?.length === 0)
    const saved = await editCustomer({ customer: steel, seen: { name: '대한철강' }, values: { name: '한일정밀' } })
    expect((await hits.until((value) => value?.length === 1))?.[0]?.customer.id).toBe(steel)
    const people = watch(searchCustomers('박지훈'))
    await editContact({ contact: kim, seen: { name: '김민수' }, values: { name: '박지훈' } })
    await people.until((value) => value?.length === 1)
    await settle(db, saved!.entryId, { state: 'discarded' })
    await hits.until((value) => value?.length === 0)
  })

  it('is found by the very first search after the app was opened', async () => {
    await editCustomer({ customer: steel, seen: { name: '대한철강' }, values: { name: '한일정밀' } })
    setCurrentPhone(undefined)
    setCurrentPhone(db)
    const hits = watch(searchCustomers('한일'))
    expect(await hits.until(isThere)).toHaveLength(1)
  })

  it('lies over the visits of today and over the page of a visit', async () => {
    const { rowId } = await planVisit({ customer: steel, site: gate, contact: kim, plannedFor: TODAY })
    await editCustomer({ customer: steel, seen: { name: '대한철강' }, values: { name: '한일정밀' } })
    await editSite({ site: gate, seen: { access_gate: '' }, values: { access_gate: '서문' } })
    await editContact({ contact: kim, seen: { phone: '' }, values: { phone: '010-1' } })
    const day = await watch(today(TODAY)).until((value) => value?.planned[0]?.site?.access_gate === '서문')
    expect(day?.planned[0]?.customer?.name).toBe('한일정밀')
    const visit = await watch(visitCard(rowId)).until((value) => value?.contact?.phone === '010-1')
    expect(visit?.customer?.name).toBe('한일정밀')
    const items = await watch(outbox).until((value) => value?.length === 4)
    expect(new Set(items?.map((item) => item.customerName))).toEqual(new Set(['한일정밀']))
  })

  it('is merged with what comes in meanwhile, field by field', async () => {
    const card = watch(customerCard(steel))
    await editCustomer({ customer: steel, seen: { phone: '' }, values: { phone: '02-1' } })
    await base('customer', steel, { memo: 'By Ben' })
    const seen = await card.until((value) => value?.customer.memo === 'By Ben')
    expect(seen?.customer.phone).toBe('02-1')
  })

  it('shows nothing of what the server will refuse: an edit where the member no longer works', async () => {
    await editCustomer({ customer: steel, seen: { memo: '' }, values: { memo: 'Ana' } })
    const card = watch(customerCard(steel))
    await card.until((value) => value?.customer.memo === 'Ana')
    await base('customer', steel, { territory: newId() })
    const seen = await card.until((value) => value?.customer.memo === '')
    expect(seen?.canEdit).toBe(false)
  })
})

describe('a row that is open for editing', () => {
  it('is shown with what is pending, its customer and the sites to choose from', async () => {
    await editContact({ contact: kim, seen: { title: '과장' }, values: { title: '부장' } })
    const open = await watch(editable('contact', kim)).until(isThere)
    expect(open).toMatchObject({ row: { title: '부장' }, customer: { name: '대한철강' }, sites: [{ name: '본사' }] })
    expect(open).toMatchObject({ canEdit: true, isAdmin: false })
  })

  it.each([
    ['a rep of the territory', {}, true],
    ['a rep of another one', { territories: [] }, false],
    ['an engineer', { role: 'engineer' }, false],
    ['an executive', { role: 'executive' }, false],
    ['an administrator', { role: 'executive', is_admin: true }, true],
  ])('is editable for %s: %s', async (_, part, canEdit) => {
    await hold(db, 'member', world.ana.id, { ...world.ana, ...part })
    await writeMeta(db, 'stamp', 100)
    const open = await watch(editable('site', gate)).until((value) => value?.canEdit === canEdit)
    expect(open?.isAdmin).toBe('is_admin' in part)
  })

  it('that this phone does not hold is null', async () => {
    expect(await watch(editable('site', newId())).until((value) => value !== undefined)).toBeNull()
  })
})
