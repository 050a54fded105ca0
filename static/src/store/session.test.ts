import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { planVisit } from '../actions/planVisit'
import { currentPhone, setCurrentPhone } from '../db/current'
import { writeMeta } from '../db/meta'
import { newId } from '../shapes/id'
import type { Member } from '../shapes/member'
import { Network } from '../testing/network'
import { makeWorld, type World } from '../testing/world'
import { holdCustomer } from '../testing/office'
import { FakeServer } from '../testing/server'
import { Watch } from '../testing/watch'
import { loadDraft, saveDraft } from './drafts'
import { device, setDeviceLanguage } from './device'
import { isSessionToEnd, lastAccount, pickedLanguage } from './remembered'
import { afterWipe, confirmCode, logOut, requestCode, session, setLanguage, signInWithPassword, startSession } from './session'
import { wiped } from './wiped'

let world: World
let network: Network
let who: Watch<import('./session').Session>

const AUTH = '/_allauth/browser/v1/auth'

function answerMe(member: Member | undefined): void {
  network.routes.set('GET /api/v1/me/', () =>
    member === undefined
      ? { status: 401, body: { status: 401, code: 'auth_required' } }
      : { status: 200, body: { member, organization: { id: world.org, name: 'Hanbit', time_zone: 'Asia/Seoul' }, email: `${member.name}@x`, language: 'ko' } },
  )
}

beforeEach(() => {
  localStorage.clear()
  world = makeWorld()
  network = new Network(new FakeServer(world))
  answerMe(undefined)
  network.routes.set(`POST ${AUTH}/login`, () => ({ status: 200, body: { status: 200 } }))
  network.routes.set(`DELETE ${AUTH}/session`, () => ({ status: 401, body: { status: 401, data: {} } }))
  who = new Watch(session)
})

afterEach(() => {
  vi.unstubAllGlobals()
  who.end()
  setCurrentPhone(undefined)
  network.close()
})

async function signIn(member: Member): Promise<void> {
  answerMe(member)
  expect(await signInWithPassword(`${member.name}@x`, 'secret')).toEqual({ ok: true })
}

async function filled(): Promise<void> {
  await writeMeta(currentPhone()!, 'first_sync', { rows: 1, total: 1, isDone: true })
}

describe('signing in', () => {
  it('goes from signed out over the first sync to ready', async () => {
    await startSession()
    await who.until((value) => value.phase === 'signed_out')
    await signIn(world.ana)
    const first = await who.until((value) => value.phase === 'first_sync')
    expect(first).toMatchObject({ member: { name: 'Ana' }, organization: { name: 'Hanbit' }, email: 'Ana@x' })
    await filled()
    await who.until((value) => value.phase === 'ready')
  })

  it.each([
    [400, { errors: [{ code: 'email_password_mismatch' }] }, 'wrong'],
    [400, { errors: [{ code: 'too_many_login_attempts' }] }, 'too_many'],
    [429, {}, 'too_many'],
    [500, {}, 'unexpected'],
  ])('tells what went wrong: %i %j', async (status, body, code) => {
    network.routes.set(`POST ${AUTH}/login`, () => ({ status, body }))
    expect(await signInWithPassword('a@x', 'y')).toEqual({ ok: false, code })
  })

  it('says when there is no network', async () => {
    network.isUp = false
    expect(await signInWithPassword('a@x', 'y')).toEqual({ ok: false, code: 'offline' })
  })

  it('with a code: asking is answered by 401 with the flow pending, and that is a yes', async () => {
    const pending = { status: 401, data: { flows: [{ id: 'login' }, { id: 'login_by_code', is_pending: true }] } }
    network.routes.set(`POST ${AUTH}/code/request`, () => ({ status: 401, body: pending }))
    expect(await requestCode('ana@x')).toEqual({ ok: true })
    network.routes.set(`POST ${AUTH}/code/confirm`, () => ({ status: 400, body: { errors: [{ code: 'incorrect_code' }] } }))
    expect(await confirmCode('000000')).toEqual({ ok: false, code: 'wrong' })
    network.routes.set(`POST ${AUTH}/code/confirm`, () => ({ status: 409, body: {} }))
    expect(await confirmCode('000000')).toEqual({ ok: false, code: 'code_expired' })
    answerMe(world.ana)
    network.routes.set(`POST ${AUTH}/code/confirm`, () => ({ status: 200, body: {} }))
    expect(await confirmCode('123456')).toEqual({ ok: true })
  })
})

describe('a cold start', () => {
  it('without a network opens the database of whoever worked here last, at once', async () => {
    await signIn(world.ana)
    await filled()
    setCurrentPhone(undefined)
    network.isUp = false
    void startSession()
    const ready = await who.until((value) => value.phase === 'ready')
    expect(ready.member?.name).toBe('Ana')
    await planVisit({ customer: newId(), plannedFor: '2026-11-24' })
    expect(await currentPhone()?.outbox.count()).toBe(1)
  })

  it('never shows the way in while the database is being opened', async () => {
    await signIn(world.ana)
    await filled()
    setCurrentPhone(undefined)
    who.values.length = 0
    await startSession()
    await who.until((value) => value.phase === 'ready')
    expect(who.values.map((value) => value.phase)).not.toContain('signed_out')
  })

  it('goes over to whoever the server says is signed in, in a database of their own', async () => {
    await signIn(world.ana)
    const anas = currentPhone()?.name
    await planVisit({ customer: newId(), plannedFor: '2026-11-24' })
    setCurrentPhone(undefined)
    answerMe(world.ben)
    await startSession()
    await who.until((value) => value.member?.name === 'Ben')
    expect(currentPhone()?.name).not.toBe(anas)
    expect(await currentPhone()?.outbox.count()).toBe(0)
  })
})

describe('a first visit', () => {
  it('asks the server nothing: there is nobody to be recognized, and a refusal would stand in the log', async () => {
    vi.stubGlobal('document', { cookie: '' })
    await startSession()
    expect(network.seen).toEqual([])
    expect((await who.until((value) => value.phase !== 'starting')).phase).toBe('signed_out')
  })

  it('with the cookie of a session recognizes whoever signed in elsewhere in this browser', async () => {
    vi.stubGlobal('document', { cookie: 'csrftoken=abc' })
    answerMe(world.ana)
    await startSession()
    expect((await who.until((value) => value.phase === 'first_sync')).member?.name).toBe('Ana')
  })
})

describe('a phone that was shut out', () => {
  it('ends the session at the server as well, and says why until somebody signs in', async () => {
    const gone = new Watch(wiped)
    await signIn(world.ana)
    await afterWipe(0)
    await who.until((value) => value.phase === 'signed_out')
    expect(gone.last).toMatchObject({ member: world.ana.id, unsent: 0 })
    expect(isSessionToEnd()).toBe(false)
    expect(network.seen.at(-1)).toMatchObject({ method: 'DELETE', path: `${AUTH}/session` })
    await signIn(world.ben)
    expect(gone.last).toBeUndefined()
    gone.end()
  })

  it('leaves the work of another member alone', async () => {
    await signIn(world.ben)
    await planVisit({ customer: newId(), plannedFor: '2026-11-24' })
    await signIn(world.ana)
    await afterWipe(0)
    await signIn(world.ben)
    expect(await currentPhone()?.outbox.count()).toBe(1)
  })
})

describe('a language', () => {
  const told = () => network.seen.filter((seen) => seen.method === 'PATCH').map((seen) => seen.body)
  let spoken: Watch<import('./device').Device>

  beforeEach(() => {
    setDeviceLanguage('ko')
    network.routes.set('PATCH /api/v1/me/', () => ({ status: 200, body: {} }))
    spoken = new Watch(device)
  })

  afterEach(() => spoken.end())

  it('of the account is spoken after signing in when nobody picked one', async () => {
    setDeviceLanguage('en')
    await signIn(world.ana)
    expect(spoken.last.language).toBe('ko')
    expect(told()).toEqual([])
  })

  it('picked on the sign-in page wins over the one of the account, which is told', async () => {
    setLanguage('en')
    expect(told()).toEqual([])
    await signIn(world.ana)
    expect(spoken.last.language).toBe('en')
    await vi.waitFor(() => expect(told()).toEqual([{ language: 'en' }]))
  })

  it('the server has not heard of is told at the next start, and not taken back by it', async () => {
    await signIn(world.ana)
    network.routes.set('PATCH /api/v1/me/', () => ({ status: 503, body: {} }))
    setLanguage('en')
    await vi.waitFor(() => expect(told()).toHaveLength(1))
    network.routes.set('PATCH /api/v1/me/', () => ({ status: 200, body: {} }))
    setCurrentPhone(undefined)
    await startSession()
    expect(spoken.last.language).toBe('en')
    await vi.waitFor(() => expect(told()).toEqual([{ language: 'en' }, { language: 'en' }]))
    // From now on the account knows best again.
    await vi.waitFor(() => expect(pickedLanguage()).toBeUndefined())
    setCurrentPhone(undefined)
    await startSession()
    expect(spoken.last.language).toBe('ko')
  })

  it('of one person is not forced upon the next', async () => {
    await signIn(world.ana)
    network.isUp = false
    setLanguage('en')
    await logOut()
    network.isUp = true
    await signIn(world.ben)
    expect(spoken.last.language).toBe('ko')
    expect(told()).toEqual([])
  })
})

describe('T25: logging out', () => {
  it('forgets the rows and keeps the queue until its writer is back', async () => {
    await signIn(world.ana)
    const customer = await holdCustomer(currentPhone()!, world, 'Daehan')
    for (let i = 0; i < 30; i++) await planVisit({ customer, plannedFor: '2026-11-24' })
    await saveDraft('record', { note: 'half a sentence' })
    await logOut()
    await who.until((value) => value.phase === 'signed_out')
    expect(lastAccount()).toBeUndefined()
    await signIn(world.ben)
    expect(await currentPhone()?.outbox.count()).toBe(0)
    expect(await loadDraft('record')).toBeUndefined()
    await logOut()
    await signIn(world.ana)
    expect(await currentPhone()?.outbox.count()).toBe(30)
    expect(await currentPhone()?.customer.count()).toBe(0)
    expect(await loadDraft('record')).toEqual({ note: 'half a sentence' })
  })

  it('without a network is done here at once, and at the server before anybody is let in again', async () => {
    await signIn(world.ana)
    network.isUp = false
    await logOut()
    expect(isSessionToEnd()).toBe(true)
    network.isUp = true
    await startSession()
    expect(isSessionToEnd()).toBe(false)
    await who.until((value) => value.phase === 'signed_out')
  })
})

describe('T25: signing in after somebody left without a network', () => {
  let isAlive: boolean

  beforeEach(async () => {
    await signIn(world.ana)
    isAlive = true
    network.routes.set(`DELETE ${AUTH}/session`, () => {
      isAlive = false
      return { status: 401, body: { status: 401, data: {} } }
    })
    // The server lets nobody in while somebody is.
    network.routes.set(`POST ${AUTH}/login`, () => (isAlive ? { status: 409, body: {} } : { status: 200, body: {} }))
    network.routes.set(`POST ${AUTH}/code/request`, () => (isAlive ? { status: 409, body: {} } : { status: 200, body: {} }))
    network.isUp = false
    await logOut()
    network.isUp = true
  })

  it('ends their session first, on the same page', async () => {
    await signIn(world.ben)
    expect(currentPhone()?.memberId).toBe(world.ben.id)
    expect(isSessionToEnd()).toBe(false)
  })

  it('with a code as well', async () => {
    expect(await requestCode('ben@x')).toEqual({ ok: true })
  })
})

describe('T25: signing in while somebody is leaving', () => {
  it('waits for the end of their session, or it would end the new one', async () => {
    await signIn(world.ana)
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    network.onRequest = (path) => (path === `${AUTH}/session` ? held : undefined)
    const leaving = logOut()
    await vi.waitFor(() => expect(network.seen.at(-1)?.method).toBe('DELETE'))
    const entering = signIn(world.ben)
    expect(network.seen.at(-1)?.method).toBe('DELETE')
    release()
    await leaving
    await entering
    const order = network.seen.filter((seen) => seen.path.startsWith(AUTH)).map((seen) => seen.method)
    expect(order).toEqual(['POST', 'DELETE', 'POST'])
  })
})

describe('a draft', () => {
  it('is there as it was typed, also before it is written', async () => {
    await signIn(world.ana)
    const form = { note: 'a' }
    await saveDraft('record', form)
    form.note = 'changed later'
    expect(await loadDraft('record')).toEqual({ note: 'a' })
    for (const note of ['ab', 'abc', 'abcd']) await saveDraft('record', { note })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect((await currentPhone()?.drafts.get('record'))?.json).toBe('{"note":"abcd"}')
  })

  it('that was dropped stays dropped', async () => {
    const { dropDraft } = await import('./drafts')
    await signIn(world.ana)
    await saveDraft('record', 1)
    await dropDraft('record')
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await loadDraft('record')).toBeUndefined()
  })
})
