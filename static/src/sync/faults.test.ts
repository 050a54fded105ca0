import { describe, expect, it } from 'vitest'
import { portalPage, respond } from '../testing/network'
import { outboxLength, quiet } from '../testing/rig'
import { useScene } from '../testing/scene'

const scene = useScene()

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return respond({ status, body: { type: 'about:blank', title: code, status, code } }, headers)
}

const BAD_ANSWERS: [string, () => Response][] = [
  ['400 bad_json', () => problem(400, 'bad_json')],
  ['400 bad_envelope', () => problem(400, 'bad_envelope')],
  ['401 auth_required', () => problem(401, 'auth_required')],
  ['401 without a code', () => respond({ status: 401, body: { status: 401 } })],
  ['403 csrf_stale', () => problem(403, 'csrf_stale')],
  ['403 replica_member_mismatch', () => problem(403, 'replica_member_mismatch')],
  ['404 not_found', () => problem(404, 'not_found')],
  ['404 of a proxy', () => portalPage(404)],
  ['409 gap', () => problem(409, 'gap')],
  ['413 too_large', () => problem(413, 'too_large')],
  ['413 of a proxy', () => portalPage(413)],
  ['415 unsupported_type', () => problem(415, 'unsupported_type')],
  ['422 of nobody', () => problem(422, 'whatever')],
  ['426 proto_unsupported', () => problem(426, 'proto_unsupported')],
  ['429 rate_limited', () => problem(429, 'rate_limited', { 'Retry-After': '2' })],
  ['500 broken', () => problem(500, 'broken')],
  ['502 of a proxy', () => portalPage(502)],
  ['503 storage_unavailable', () => problem(503, 'storage_unavailable')],
  ['504 of a proxy', () => portalPage(504)],
  ['200 with the page of a captive portal', () => portalPage(200)],
  ['200 with other JSON', () => respond({ status: 200, body: { hello: 'world' } })],
  ['200 with null', () => respond({ status: 200, body: null })],
  ['200 cut off in the middle', () => new Response('{"received_n": 1, "cha', { headers: { 'Content-Type': 'application/json' } })],
  ['200 with a foreign chain of the right length', () => respond({ status: 200, body: { received_n: 0, chain: 'zz', server_time: 'x' } })],
  ['204 without anything', () => new Response(null, { status: 204 })],
]

describe('T27 T28: no answer but the right one takes an entry out of the queue', () => {
  it.each(BAD_ANSWERS)('a push answered %s', async (_, answer) => {
    await scene.start()
    scene.network.faults = [{ reply: answer() }]
    const entry = await scene.plan()
    const bytes = (await scene.db.outbox.where('id').equals(entry).first())?.bytes
    await quiet(scene.tab)
    scene.clock.pass(700_000)
    await quiet(scene.tab)
    scene.tab.engine.signedIn()
    await quiet(scene.tab)
    expect((await scene.db.outbox.where('id').equals(entry).first())?.bytes).toBe(bytes)
    // And the queue goes on as soon as the server is itself again.
    await scene.catchUp()
    expect(scene.server.effectsOf(entry)).toBe(1)
    expect((await scene.db.journal.get(entry))?.state).toBe('applied')
  })

  it.each(BAD_ANSWERS)('a hello answered %s', async (_, answer) => {
    const entry = await scene.plan()
    scene.network.faults = [{ reply: answer() }]
    await scene.start()
    scene.clock.pass(700_000)
    await quiet(scene.tab)
    scene.tab.engine.signedIn()
    await quiet(scene.tab)
    await scene.catchUp()
    expect(scene.server.effectsOf(entry)).toBe(1)
  })

  it.each(BAD_ANSWERS)('a pull answered %s leaves rows and cursor alone', async (_, answer) => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    const cursor = await scene.db.meta.get('cursor')
    const name = scene.addCustomer('Samsung Precision')
    scene.network.faults = [{ reply: answer() }]
    await scene.wake()
    if (!scene.tab.state().phase.startsWith('rest')) expect(await scene.db.meta.get('cursor')).toEqual(cursor)
    expect(await scene.db.customer.count()).toBeGreaterThanOrEqual(1)
    scene.clock.pass(700_000)
    await quiet(scene.tab)
    scene.tab.engine.signedIn()
    await quiet(scene.tab)
    await scene.wake()
    expect(await scene.db.customer.get(name)).toBeDefined()
  })
})

describe('an ended session', () => {
  it('is said, keeps the queue and goes on after signing in', async () => {
    await scene.start()
    scene.server.signedIn = undefined
    const entry = await scene.plan()
    await quiet(scene.tab)
    expect(scene.tab.state().phase).toBe('signed_out')
    await scene.plan()
    await quiet(scene.tab)
    expect(await outboxLength(scene.db)).toBe(2)
    scene.server.signedIn = scene.world.ana.id
    scene.tab.engine.signedIn()
    await quiet(scene.tab)
    scene.server.drain()
    expect(scene.server.effectsOf(entry)).toBe(1)
  })

  it('heals by itself when the session is back', async () => {
    await scene.start()
    scene.server.signedIn = undefined
    await scene.wake()
    scene.server.signedIn = scene.world.ana.id
    scene.clock.pass(60_000)
    await quiet(scene.tab)
    expect(scene.tab.state().phase).toBe('resting')
  })

  it('T14: never resets what was read', async () => {
    scene.addCustomer('Daehan Steel')
    await scene.start()
    const cursor = await scene.db.meta.get('cursor')
    scene.server.signedIn = undefined
    await scene.wake()
    expect(await scene.db.meta.get('cursor')).toEqual(cursor)
  })

  it('T25: another member in this browser is refused as this one, and nothing is sent under their name', async () => {
    await scene.start()
    scene.server.signedIn = scene.world.ben.id
    const entry = await scene.plan()
    await quiet(scene.tab)
    expect(scene.tab.state().phase).toBe('signed_out')
    scene.server.drain()
    expect(scene.server.effectsOf(entry)).toBe(0)
    expect(await scene.received()).toBe(0)
  })
})

describe('the token', () => {
  it('is fetched anew once when it is stale, and the push goes through', async () => {
    await scene.start()
    scene.network.faults = [{ reply: problem(403, 'csrf_stale') }]
    await scene.plan()
    await quiet(scene.tab)
    expect(await scene.received()).toBe(1)
    expect(scene.tab.state().phase).toBe('resting')
  })
})

describe('a server that asks for a pause', () => {
  it('gets it: no wake shortens Retry-After', async () => {
    await scene.start()
    scene.network.faults = [{ reply: problem(429, 'rate_limited', { 'Retry-After': '40' }) }]
    await scene.plan()
    await quiet(scene.tab)
    const before = scene.network.seen.length
    scene.clock.pass(39_000)
    await scene.wake()
    expect(scene.network.seen.length).toBe(before)
    scene.clock.pass(2_000)
    await quiet(scene.tab)
    expect(await scene.received()).toBe(1)
  })
})
