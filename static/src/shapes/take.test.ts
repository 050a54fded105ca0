import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asStored, FORMS, groupsOf, SHARED_NAMES, takeAll, type SharedName } from './shared'
import { lengthOf, strip } from './take'

describe('a text', () => {
  it('is trimmed as Python trims it', () => {
    expect(strip('\t\u3000\x85 대한 철강\u2028\x1c ')).toBe('대한 철강')
    // JavaScript would take this one off as well.
    expect(strip('\ufeff철강\ufeff')).toBe('\ufeff철강\ufeff')
  })

  it('is as long as it has characters', () => {
    expect([lengthOf(''), lengthOf('한일'), lengthOf('🏭🏭')]).toEqual([0, 2, 2])
  })
})

const fields = fc.constantFrom(...SHARED_NAMES).chain((shape) =>
  fc.record({ shape: fc.constant<SharedName>(shape), name: fc.constantFrom(...Object.keys(FORMS[shape])), value: fc.string({ unit: 'binary', maxLength: 60 }) }),
)

describe('a value as the server would store it', () => {
  it('is stored as it is the next time, so that an edit does not meet the one before it', () => {
    fc.assert(
      fc.property(fields, ({ shape, name, value }) => {
        const stored = asStored(shape, name, value)
        expect(asStored(shape, name, stored)).toBe(stored)
      }),
    )
  })

  it('is itself where the server would not take it', () => {
    expect(asStored('contact', 'email', ' no address ')).toBe(' no address ')
    expect(asStored('customer', 'owner', 'x')).toBe('x')
  })
})

describe('an edit', () => {
  it('of a place says both coordinates or nothing of them', () => {
    expect(takeAll('site', { latitude: 37.5, longitude: 127 })).toEqual({ latitude: 37.5, longitude: 127 })
    expect(takeAll('site', { latitude: 37.5 })).toBeUndefined()
    expect(takeAll('site', { latitude: 37.5, longitude: null })).toBeUndefined()
    expect(groupsOf('site', ['name', 'longitude'])).toEqual([['latitude', 'longitude'], ['name']])
  })
})
