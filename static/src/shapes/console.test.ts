import { describe, expect, it } from 'vitest'
import { readConsolePage, readParkedShape, readRescued, readUnsentFile } from './console'

describe('a page of the console', () => {
  it('is a list and where it goes on', () => {
    expect(readConsolePage({ results: [{ id: 7, entry_id: null, args: 'none' }, 3], next: null }, readParkedShape)).toMatchObject({
      rows: [{ id: 7, entry: null, kind: null, args: null, params: {} }],
      next: null,
    })
    expect(readConsolePage({ detail: 'no' }, readParkedShape)).toBeUndefined()
  })

  it('tells what was taken in only when it says so', () => {
    expect(readRescued({ taken: 2, known: 0 })).toEqual({ taken: 2, known: 0 })
    expect(readRescued({ taken: 2 })).toBeUndefined()
  })
})

describe('a file of unsent work', () => {
  const file = { format: 'fieldops-unsent/1', organization: 'o', member: 'm', made_at: '2026-11-24T05:00:00Z', entries: [{}, {}] }

  it('is known by its format, and is sent as it is', () => {
    expect(readUnsentFile(JSON.stringify({ ...file, extra: 1 }))).toMatchObject({ member: 'm', count: 2, body: { extra: 1 } })
  })

  it.each(['', '[]', 'null', '{"format": "fieldops-unsent/1"}', JSON.stringify({ ...file, format: 'fieldops-unsent/9' }), JSON.stringify({ ...file, member: 7 })])(
    'is not %j',
    (content) => {
      expect(readUnsentFile(content)).toBeUndefined()
    },
  )
})
