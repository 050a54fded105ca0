import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setCurrentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { holdCustomer } from '../testing/office'
import { Network } from '../testing/network'
import { takeUp } from '../testing/phone'
import { FakeServer } from '../testing/server'
import { Watch } from '../testing/watch'
import { makeWorld, type World } from '../testing/world'
import { parkedEntries, phones, refreshParked, refreshPhones, type Listing, type ParkedItem, type PhoneItem } from './console'
import { acceptAll, applyFor, revokePhone } from './consoleDeeds'

const PARKED = 'GET /api/v1/parked/?limit=200'
const PHONES = 'GET /api/v1/phones/?limit=200'

let world: World
let network: Network
let db: Phone
let parked: Watch<Listing<ParkedItem>>
let all: Watch<Listing<PhoneItem>>

beforeEach(async () => {
  world = makeWorld()
  network = new Network(new FakeServer(world))
  db = await takeUp(world)
  parked = new Watch(parkedEntries)
  all = new Watch(phones)
})

afterEach(() => {
  parked.end()
  all.end()
  setCurrentPhone(undefined)
  network.close()
  db.close()
})

function entry(id: number, more: Record<string, unknown> = {}) {
  const about = { kind: 'visit.log', at: '2026-11-24T04:00:00.000Z', args: { visit: newId() }, text: '{}', waiting: 0 }
  return { id, entry_id: newId(), member: world.ben.id, phone: 3, device: '', n: id, received_at: about.at, code: 'not_found', params: {}, attempts: 1, ...about, ...more }
}

function phone(id: number, member: string) {
  return { id, member, state: 'active', is_this: false, pending_count: 2, device: '', registered_at: '2026-11-01T00:00:00.000Z' }
}

function answer(request: string, results: unknown[], next: string | null = null): void {
  network.routes.set(request, () => ({ status: 200, body: { next, previous: null, results } }))
}

describe('parked entries of others', () => {
  it('are read page by page, with the names of what they are about', async () => {
    const customer = await holdCustomer(db, world, 'Daehan Steel')
    answer(PARKED, [entry(1, { args: { visit: newId(), customer } })], 'http://inside:8000/api/v1/parked/?cursor=abc')
    answer('GET /api/v1/parked/?cursor=abc', [entry(2, { entry_id: null, kind: null, args: null })])
    await refreshParked()
    const { rows = [] } = await parked.until(({ rows }) => rows?.length === 2)
    expect(rows[0]).toMatchObject({ id: 1, customerName: 'Daehan Steel', kind: 'visit.log' })
    expect(rows[0]?.member?.name).toBe('Ben')
    expect(rows[1]?.kind).toBeUndefined()
  })

  it('say why they wait although they were sent back since', async () => {
    answer(PARKED, [entry(1, { code: 'returned', params: { code: 'not_found', note: 'Which one?', by: world.ben.id } })])
    await refreshParked()
    const { rows = [] } = await parked.until(({ rows }) => rows !== undefined)
    expect(rows[0]).toMatchObject({ code: 'not_found', note: { text: 'Which one?', by: { name: 'Ben' } } })
  })

  it('stay readable without a signal, with the time they are of', async () => {
    answer(PARKED, [entry(1)])
    await refreshParked()
    await parked.until(({ reach }) => reach === 'ok')
    network.isUp = false
    await refreshParked()
    const { rows, asOf } = await parked.until(({ reach }) => reach === 'offline')
    expect(rows).toHaveLength(1)
    expect(Date.parse(asOf ?? '')).not.toBeNaN()
  })

  it('are not for everybody', async () => {
    network.routes.set(PARKED, () => ({ status: 403, body: { code: 'not_permitted' } }))
    await refreshParked()
    await parked.until(({ reach }) => reach === 'forbidden')
  })
})

describe('phones', () => {
  it('know whose they are, and how much they handed in after they were shut out', async () => {
    answer(PARKED, [entry(1, { code: 'quarantined' }), entry(2), entry(3, { code: 'quarantined', phone: 9 })])
    answer(PHONES, [phone(3, world.ben.id), phone(4, db.memberId)])
    await refreshParked()
    await refreshPhones()
    const { rows = [] } = await all.until(({ rows }) => rows?.[0]?.shutOut === 1)
    expect(rows.map(({ isMine, pending, shutOut }) => [isMine, pending, shutOut])).toEqual([
      [false, 2, 1],
      [true, 2, 0],
    ])
  })
})

describe('what only the server can do', () => {
  it('is done, and the list is read again', async () => {
    answer(PHONES, [{ ...phone(3, world.ben.id), state: 'revoked' }])
    network.routes.set('POST /api/v1/phones/3/revoke/', () => ({ status: 200, body: {} }))
    expect(await revokePhone(3)).toEqual({ kind: 'done', result: undefined })
    expect((await all.until(({ rows }) => rows?.length === 1)).rows?.[0]?.is_revoked).toBe(true)
  })

  it('is told with its number', async () => {
    network.routes.set('POST /api/v1/phones/3/accept/', () => ({ status: 200, body: { accepted: 4 } }))
    expect(await acceptAll(3)).toEqual({ kind: 'done', result: 4 })
  })

  it('is refused in the server’s words, and never queued without a signal', async () => {
    network.routes.set('POST /api/v1/parked/7/apply/', () => ({ status: 422, body: { code: 'too_long', field: 'note', max: 4000 } }))
    expect(await applyFor(7, {})).toMatchObject({ kind: 'refused', code: 'too_long', params: { max: 4000 } })
    network.isUp = false
    expect(await applyFor(7, {})).toEqual({ kind: 'offline' })
    expect(await db.outbox.count()).toBe(0)
  })
})
