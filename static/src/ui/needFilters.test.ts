import { describe, expect, it } from 'vitest'
import { isFiltered, withPart, type NeedFilter } from './needFilters'

describe('a filter of needs', () => {
  it('filters by what it holds back, not by its order', () => {
    expect(isFiltered({})).toBe(false)
    expect(isFiltered({ order: 'newest' })).toBe(false)
    expect(isFiltered({ text: '  ' })).toBe(false)
    expect(isFiltered({ text: '소음' })).toBe(true)
    expect(isFiltered({ owner: 'none' })).toBe(true)
  })

  it('asks for those without a theme as well', () => {
    expect(isFiltered({ theme: null })).toBe(true)
    expect(withPart({}, 'theme', null)).toEqual({ theme: null })
  })

  it('lets a part go that is chosen no more', () => {
    const filter: NeedFilter = { stage: 'built', text: '소음' }
    expect(withPart(filter, 'stage', undefined)).toEqual({ text: '소음' })
    expect(withPart(filter, 'text', '')).toEqual({ stage: 'built' })
    expect(withPart(filter, 'stage', 'shown')).toEqual({ stage: 'shown', text: '소음' })
  })
})
