import { describe, expect, it } from 'vitest'
import { digest, link } from './chain'
import { CHAIN_START } from './chainStart'
import { readEntry, writeEntry } from './entry'
import { newId, newReplica } from './id'
import { readHello, readPull, readPush } from './messages'
import { READERS, SHAPE_NAMES } from './row'
import { phoneTime, utc } from './time'

const RECEIPT = { received_n: 1, chain: 'a'.repeat(64), settled_n: 1, server_time: '2026-11-24T00:00:00.000Z' }

// Worked out once with another implementation.
const KNOWN_LINK = 'fc1f6854219a5cd77c4caef8f6a28c11eaed9f0f42fff006c3c99b349bd32814'

describe('the chain', () => {
  it('is SHA-256 over the raw bytes of the former link and of the entry', () => {
    expect(link(CHAIN_START, digest('{"id":"1"}'))).toBe(KNOWN_LINK)
  })
})

describe('an id', () => {
  it('is a UUIDv7 in lower case, in order of time', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(newId(1_000) < newId(2_000)).toBe(true)
    expect(newReplica()).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('a time', () => {
  it('of the phone has milliseconds and its offset', () => {
    expect(phoneTime(new Date('2026-11-24T03:31:00.123Z'))).toMatch(/^2026-11-2\dT\d\d:\d\d:00\.123[+-]\d\d:\d\d$/)
  })

  it('of a row is the same instant in UTC', () => {
    expect(utc('2026-11-24T12:31:00.123+09:00')).toBe('2026-11-24T03:31:00.123Z')
    expect(utc('2026-11-23T23:15:00.000-04:30')).toBe('2026-11-24T03:45:00.000Z')
  })
})

describe('an entry', () => {
  const entry = { id: 'i', kind: 'visit.cancel' as const, v: 1 as const, at: 'a', tz: 't', mono: 1, args: { visit: 'v' } }

  it('is written in the order of the protocol, without keys that have no value', () => {
    expect(writeEntry(entry)).toBe('{"id":"i","kind":"visit.cancel","v":1,"at":"a","tz":"t","mono":1,"args":{"visit":"v"}}')
    expect(writeEntry({ ...entry, supersedes: 's', after: ['x'] })).toMatch(/"after":\["x"\],"supersedes":"s"\}$/)
    expect(writeEntry({ ...entry, after: ['x'], from: { memo: 'seen' } })).toMatch(/"from":\{"memo":"seen"\},"after":\["x"\]\}$/)
  })

  it('comes back as it was, and what is none is none', () => {
    expect(readEntry(writeEntry(entry))).toEqual(entry)
    for (const text of ['', '{', '[]', 'null', '{"id":1}', '{"id":"i","kind":"k","args":[]}']) expect(readEntry(text)).toBeUndefined()
  })

  it('with half a character is still JSON another side can read', () => {
    const text = writeEntry({ ...entry, kind: 'comment.add', args: { comment: 'c', visit: 'v', text: 'a\ud800b' } })
    expect(text).toContain('\\ud800')
    expect(text).not.toMatch(/[\ud800-\udfff]/)
  })
})

describe('a message', () => {
  it.each([null, [], 'x', {}, { ...RECEIPT, received_n: -1 }, { ...RECEIPT, received_n: '1' }, { ...RECEIPT, chain: 'a' }, { ...RECEIPT, server_time: 1 }])(
    'that is not of this protocol is none: %j',
    (body) => {
      for (const read of [readHello, readPush, readPull]) expect(read(body)).toBeUndefined()
    },
  )

  it('may say more than this version knows', () => {
    const row = { s: ['a'], t: 'gadget', id: 'x', op: 'put', rv: '1', f: { new: true }, extra: 1 }
    const settled = { n: 1, id: 'e', state: 'parked', seq: 3, code: 'odd', params: { a: 1 }, conflicts: [], extra: 1 }
    const page = readPull({ ...RECEIPT, answer: 'page', cursor: 'c', more: false, drop: [], rows: [row, { odd: 1 }], settled: [settled, { state: 'new' }], extra: 1 })
    expect(page?.rows).toEqual([{ s: ['a'], t: 'gadget', id: 'x', op: 'put', rv: '1', f: { new: true } }])
    expect(page?.settled).toEqual([{ n: 1, id: 'e', state: 'parked', seq: 3, code: 'odd', params: { a: 1 }, conflicts: [] }])
  })

  it('of a page has a cursor', () => {
    expect(readPull({ ...RECEIPT, answer: 'page', cursor: null, more: false })).toBeUndefined()
    expect(readPull({ ...RECEIPT, answer: 'diverged', cursor: null, more: true })).toMatchObject({ answer: 'diverged', rows: [] })
  })
})

describe('a shape', () => {
  it.each(SHAPE_NAMES)('%s stands missing, odd and unknown fields', (name) => {
    const odd = { name: 7, territories: [1, 'a'], latitude: 'north', state: 'new', is_active: 'yes', extra: true }
    for (const f of [{}, odd]) {
      const row = READERS[name]('id', f)
      expect(row.id).toBe('id')
      expect(Object.values(row).some((value) => value === undefined)).toBe(false)
      expect(row).not.toHaveProperty('extra')
    }
  })
})
