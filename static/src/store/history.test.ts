import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Network } from '../testing/network'
import { FakeServer } from '../testing/server'
import { makeWorld } from '../testing/world'
import { readHistory, readOlder } from './history'

let network: Network

beforeEach(() => {
  network = new Network(new FakeServer(makeWorld()))
})

afterEach(() => network.close())

function edit(field: string, after: unknown) {
  return { field, before: null, after, member: 'm', made_at: '2026-11-24T04:00:00.000Z', received_at: '2026-11-24T04:00:01.000Z' }
}

function answer(path: string, results: unknown[], next: string | null = null): void {
  network.routes.set(`GET ${path}`, () => ({ status: 200, body: { next, previous: null, results } }))
}

describe('the history of a row', () => {
  it('is read from the server, one field by its name', async () => {
    answer('/api/v1/customers/c1/history/', [edit('memo', 'x'), edit('phone', '02-1')])
    answer('/api/v1/customers/c1/history/?field=memo', [edit('memo', 'x')])
    const all = await readHistory({ shape: 'customer', row: 'c1', fields: [] })
    expect(all).toEqual({ kind: 'ok', edits: [edit('memo', 'x'), edit('phone', '02-1')] })
    expect(await readHistory({ shape: 'customer', row: 'c1', fields: ['memo'] })).toMatchObject({ edits: [{ field: 'memo' }] })
  })

  it('of a place is both coordinates and nothing else', async () => {
    answer('/api/v1/sites/s1/history/', [edit('latitude', 37.5), edit('address', 'x'), edit('longitude', 127)])
    const place = await readHistory({ shape: 'site', row: 's1', fields: ['latitude', 'longitude'] })
    expect(place).toMatchObject({ edits: [{ field: 'latitude' }, { field: 'longitude' }] })
  })

  it('goes on where the server says, at this very server whatever it calls itself', async () => {
    const of = { shape: 'contact', row: 'p1', fields: [] } as const
    answer('/api/v1/contacts/p1/history/', [edit('title', '부장')], 'http://inside:8000/api/v1/contacts/p1/history/?cursor=abc')
    answer('/api/v1/contacts/p1/history/?cursor=abc', [edit('title', '과장')])
    const first = await readHistory(of)
    const next = first.kind === 'ok' ? (first.next ?? '') : ''
    expect(await readOlder(next, of)).toEqual({ kind: 'ok', edits: [edit('title', '과장')] })
  })

  it('without a signal is no failure, and what is no history is one', async () => {
    const of = { shape: 'customer', row: 'c1', fields: [] } as const
    expect(await readHistory(of)).toEqual({ kind: 'failed' })
    answer('/api/v1/customers/c1/history/', 'nonsense' as unknown as unknown[])
    expect(await readHistory(of)).toEqual({ kind: 'failed' })
    network.isUp = false
    expect(await readHistory(of)).toEqual({ kind: 'offline' })
  })
})
