import { afterEach, describe, expect, it, vi } from 'vitest'
import { forgetCsrf } from './csrf'
import { addSetUp, changeSetUp, removeSetUp, startSetUp } from './setUp'
import { getTicketFigures } from './ticketFigures'
import { getTimeline } from './ticketTimeline'

afterEach(() => {
  vi.unstubAllGlobals()
  forgetCsrf()
})

/** A server that answers everything so, and hands out a token. */
function answering(body: unknown, status = 200): [string, RequestInit][] {
  const calls: [string, RequestInit][] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path === '/api/v1/csrf/') return Response.json({ csrf: 'token' })
    calls.push([path, init])
    return status === 204 ? new Response(null, { status }) : Response.json(body, { status })
  })
  return calls
}

describe('what administrators set up', () => {
  it('is added with an id of our own', async () => {
    const calls = answering({ id: 'c', rv: '1' }, 201)
    expect(await addSetUp('chip', { id: 'c', sort: 'cause', name: '마모' })).toMatchObject({ kind: 'ok', status: 201 })
    expect(calls[0]).toMatchObject(['/api/v1/chips/', { method: 'POST', body: '{"id":"c","sort":"cause","name":"마모"}' }])
  })

  it('begins with what most have, with one request', async () => {
    const calls = answering({ made: 20 })
    expect(await startSetUp()).toMatchObject({ kind: 'ok' })
    expect(calls[0]).toMatchObject(['/api/v1/tickets/start/', { method: 'POST' }])
  })

  it('is changed and removed in the version that was read', async () => {
    const calls = answering({ id: 'p', rv: '2' })
    await changeSetUp('sla_policy', { id: 'p', rv: '1' }, { response_minutes: 60 })
    expect(calls[0]).toMatchObject(['/api/v1/sla_policies/p/', { method: 'PATCH', headers: { 'If-Match': '"1"', 'X-CSRFToken': 'token' } }])
    const removals = answering(undefined, 204)
    expect(await removeSetUp('business_calendar', { id: 'c', rv: '7' })).toMatchObject({ kind: 'ok' })
    expect(removals[0]).toMatchObject(['/api/v1/business_calendars/c/', { method: 'DELETE', headers: { 'If-Match': '"7"' } }])
  })
})

describe('what the server works out about tickets', () => {
  it('is taken for what it is, and nothing else is', async () => {
    const rate = { id: null, tickets: 3, recurrences: 1 }
    answering({ tickets: 9, kept_by_customer: [{ id: 'c', tickets: 2 }], again_by_team: [rate], extra: 1 })
    expect(await getTicketFigures()).toMatchObject({ kind: 'ok', message: { tickets: 9, kept_by_customer: [{ id: 'c', tickets: 2, response_met: 0 }], again_by_team: [rate], again_by_cause: [] } })
    answering({})
    expect(await getTicketFigures()).toEqual({ kind: 'foreign', status: 200 })
  })

  it('explains each stretch of a clock that this version knows', async () => {
    const span = { start: 'a', end: 'b', kind: 'paused' }
    const clock = { clock: 'resolution', allowance_s: 60, used_s: 30, left_s: 30, due_at: null, is_missed: false, spans: [span, { ...span, kind: 'odd' }] }
    const calls = answering({ clocks: [clock, { ...clock, clock: 'moon' }] })
    expect(await getTimeline('t')).toEqual({ kind: 'ok', message: { clocks: [{ ...clock, spans: [span] }] } })
    expect(calls[0]?.[0]).toBe('/api/v1/tickets/t/timeline/')
  })
})
