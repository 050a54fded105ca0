import { describe, expect, it } from 'vitest'
import { canBeCorrected, entryText } from './entryText'
import { ko } from './words/ko'

describe('what an entry says', () => {
  it('is what the person wrote', () => {
    expect(entryText({ visit: 'v1', outcome: 'problem', note: '노즐이 막혀요' }, ko)).toBe('문제 있음 · 노즐이 막혀요')
    expect(entryText({ visit: 'v1', planned_for: '2026-11-25' }, ko)).toBe('2026-11-25')
    expect(entryText({ visit: 'v1', outcome: 'unheard of', note: 7 }, ko)).toBe('')
  })
})

describe('correcting an entry', () => {
  it('is offered where there is something to correct', () => {
    expect(canBeCorrected({ visit: 'v1', note: '' }, 'note')).toBe(true)
    expect(canBeCorrected({ visit: 'v1', customer: 'c1' }, undefined)).toBe(false)
    expect(canBeCorrected({ visit: 'v1', customer: 'c1' }, 'customer')).toBe(true)
    expect(canBeCorrected({ visit: 'v1' }, 'visit')).toBe(false)
  })
})
