import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Phone } from '../../db/schema'
import { readVoice } from '../../shapes/voice'
import { respond } from '../../testing/network'
import { holdCustomer } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { isThere, watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { linesOfVoices, readAllVoices } from './allVoices'

let world: World
let db: Phone

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world, world.jun)
})

afterEach(() => {
  vi.unstubAllGlobals()
  layDown(db)
})

function answering(body: object): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return respond({ status: 200, body })
  })
  return asked
}

describe('voices that this phone does not hold', () => {
  it('come page by page, for the need and all that are merged into it', async () => {
    const asked = answering({ results: [{ id: 'v1', customer: 'c1', text: '소리가 커요' }], next: 'https://elsewhere.test/api/v1/voices/?group=n1&cursor=x' })
    const first = await readAllVoices('n1')
    expect(first).toMatchObject({ kind: 'ok', voices: [{ id: 'v1', text: '소리가 커요' }] })
    await readAllVoices('n1', first.kind === 'ok' ? first.next : undefined)
    expect(asked).toEqual(['/api/v1/voices/?group=n1&limit=200', '/api/v1/voices/?group=n1&cursor=x'])
  })

  it('end with the last page', async () => {
    answering({ results: [], next: null })
    expect(await readAllVoices('n1')).toEqual({ kind: 'ok', voices: [] })
  })

  it('are not there without a signal, nor by an answer that nobody understands', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')))
    expect(await readAllVoices('n1')).toEqual({ kind: 'offline' })
    answering({ results: 'none' })
    expect(await readAllVoices('n1')).toEqual({ kind: 'failed' })
  })

  it('are shown with the names this phone knows', async () => {
    const steel = await holdCustomer(db, world, '대한철강')
    const lines = watch(linesOfVoices([readVoice('v1', { customer: steel, member: world.ana.id, text: '소리가 커요' })]))
    const [line] = await lines.until(isThere)
    expect(line).toMatchObject({ customer: { name: '대한철강' }, author: { name: world.ana.name }, voice: { id: 'v1' } })
  })
})
