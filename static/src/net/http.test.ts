import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { forgetCsrf, sendSigned } from './csrf'
import { send } from './http'

afterEach(() => {
  vi.unstubAllGlobals()
  forgetCsrf()
})

function answering(...responses: (() => Response)[]): { calls: [string, RequestInit][] } {
  const calls: [string, RequestInit][] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push([path, init])
    const next = responses.length > 1 ? responses.shift() : responses[0]
    return next!()
  })
  return { calls }
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

function headersOf(init: RequestInit | undefined): Record<string, string> {
  return init?.headers as Record<string, string>
}

describe('an answer', () => {
  it('is what its body says, not its status', async () => {
    answering(() => json({ a: 1 }))
    expect(await send({ method: 'GET', path: '/x' })).toEqual({ kind: 'ok', status: 200, body: { a: 1 } })
    answering(() => json({ code: 'gap', expected_n: 3 }, 409))
    expect(await send({ method: 'GET', path: '/x' })).toMatchObject({ kind: 'problem', status: 409, code: 'gap', details: { expected_n: 3 } })
    answering(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }))
    expect(await send({ method: 'GET', path: '/x' })).toEqual({ kind: 'foreign', status: 200 })
  })

  it('that never comes is offline', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    expect(await send({ method: 'GET', path: '/x' })).toEqual({ kind: 'offline' })
  })

  it('carries how long to wait, within reason', async () => {
    answering(() => json({ code: 'rate_limited' }, 429, { 'Retry-After': '7' }))
    expect(await send({ method: 'GET', path: '/x' })).toMatchObject({ retryAfterS: 7 })
    answering(() => json({ code: 'rate_limited' }, 429, { 'Retry-After': '99999999' }))
    expect(await send({ method: 'GET', path: '/x' })).toMatchObject({ retryAfterS: 3_600 })
  })
})

describe('a request', () => {
  it('is packed when it is worth it, and only for the sync door', async () => {
    const long = { text: '가나다'.repeat(2_000) }
    const { calls } = answering(() => json({}))
    await send({ method: 'POST', path: '/api/sync/v1/push', body: long })
    expect(headersOf(calls[0]?.[1])['Content-Encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(calls[0]?.[1].body as Uint8Array).toString())).toEqual(long)
    await send({ method: 'POST', path: '/api/sync/v1/push', body: { text: 'short' } })
    expect(calls[1]?.[1].body).toBe('{"text":"short"}')
    await send({ method: 'POST', path: '/api/v1/me/', body: long })
    expect(headersOf(calls[2]?.[1])['Content-Encoding']).toBeUndefined()
  })

  it('is given up when nobody answers, stays on our server, and is never cached', async () => {
    const { calls } = answering(() => json({}))
    await send({ method: 'GET', path: '/x' })
    expect(calls[0]?.[1]).toMatchObject({ redirect: 'error', credentials: 'same-origin', cache: 'no-store' })
    expect(calls[0]?.[1].signal).toBeInstanceOf(AbortSignal)
  })
})

describe('a signed request', () => {
  it('fetches the token first, and again only once when it is stale', async () => {
    const stale = () => json({ code: 'csrf_stale' }, 403)
    const { calls } = answering(() => json({ csrf: 'one' }), stale, () => json({ csrf: 'two' }), stale)
    expect(await sendSigned({ method: 'POST', path: '/x', body: {} })).toMatchObject({ kind: 'problem', code: 'csrf_stale' })
    expect(calls.map(([path, init]) => [path, headersOf(init)['X-CSRFToken']])).toEqual([
      ['/api/v1/csrf/', undefined],
      ['/x', 'one'],
      ['/api/v1/csrf/', undefined],
      ['/x', 'two'],
    ])
  })

  it.each(['csrftoken', '__Host-csrf'])('takes the token of the cookie %s where there is one', async (name) => {
    vi.stubGlobal('document', { cookie: `a=b; ${name}=fromcookie; c=d` })
    const { calls } = answering(() => json({}))
    await sendSigned({ method: 'POST', path: '/x', body: {} })
    expect(headersOf(calls[0]?.[1])['X-CSRFToken']).toBe('fromcookie')
  })

  it('is not sent without a token', async () => {
    const { calls } = answering(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }))
    expect(await sendSigned({ method: 'POST', path: '/x', body: {} })).toMatchObject({ kind: 'foreign' })
    expect(calls).toHaveLength(1)
  })
})
