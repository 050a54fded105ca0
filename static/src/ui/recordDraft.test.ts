import { describe, expect, it } from 'vitest'
import { canSave, emptyDraft, isUntouched, NOTE_MAX, toLogVisit } from './recordDraft'

const draft = { ...emptyDraft(), customer: 'c1', outcome: 'progress' as const }

describe('a draft of a visit', () => {
  it('needs a customer and an outcome, and nothing else', () => {
    expect(canSave(emptyDraft())).toBe(false)
    expect(canSave({ ...emptyDraft(), customer: 'c1' })).toBe(false)
    expect(canSave(draft)).toBe(true)
    expect(canSave({ ...draft, note: 'x'.repeat(NOTE_MAX + 1) })).toBe(false)
  })

  it('becomes the least there is to say', () => {
    expect(toLogVisit(draft, false)).toEqual({ customer: 'c1', outcome: 'progress' })
    expect(toLogVisit(emptyDraft(), false)).toBeUndefined()
  })

  it('takes everything that was filled in', () => {
    const full = {
      ...draft,
      visit: 'v1',
      site: 's1',
      note: ' 견적을 다시 보기로 함 ',
      step: 'quote' as const,
      dueOn: '2026-12-01',
      stepText: ' 2안 ',
      contact: 'p1',
      product: 'd1',
      minutes: 30,
      channel: 'phone' as const,
    }
    expect(toLogVisit(full, false)).toEqual({
      customer: 'c1',
      outcome: 'progress',
      visit: 'v1',
      site: 's1',
      channel: 'phone',
      note: '견적을 다시 보기로 함',
      contact: 'p1',
      product: 'd1',
      minutes: 30,
      nextStep: { step: 'quote', dueOn: '2026-12-01', text: '2안' },
    })
  })

  it('leaves the estimate out when arrival and save tell the time', () => {
    expect(toLogVisit({ ...draft, minutes: 30 }, true)).not.toHaveProperty('minutes')
  })

  it('knows when the person has put nothing in yet', () => {
    expect(isUntouched({ ...emptyDraft(), customer: 'c1', visit: 'v1' })).toBe(true)
    expect(isUntouched({ ...emptyDraft(), note: '  ' })).toBe(true)
    expect(isUntouched({ ...emptyDraft(), note: '메모' })).toBe(false)
    expect(isUntouched({ ...emptyDraft(), step: 'quote' })).toBe(false)
    expect(isUntouched({ ...emptyDraft(), channel: 'phone' })).toBe(false)
  })
})
