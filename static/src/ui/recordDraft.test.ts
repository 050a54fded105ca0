import { describe, expect, it } from 'vitest'
import { canSave, emptyDraft, isUntouched, NOTE_MAX, toLogVisit, toNoteNeed, toOpenTicket } from './recordDraft'

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

describe('a draft of a need', () => {
  const need = { ...emptyDraft(), as: 'need' as const, customer: 'c1', said: ' 밤에 시끄러워요 ' }

  it('needs a customer and words, and no outcome', () => {
    expect(canSave({ ...need, said: '  ' })).toBe(false)
    expect(canSave({ ...need, said: 'x'.repeat(NOTE_MAX + 1) })).toBe(false)
    const { customer: _customer, ...nowhere } = need
    expect(canSave(nowhere)).toBe(false)
    expect(canSave(need)).toBe(true)
  })

  it('becomes the least there is to say', () => {
    expect(toNoteNeed(need)).toEqual({ customer: 'c1', text: '밤에 시끄러워요' })
    expect(toNoteNeed(emptyDraft())).toBeUndefined()
  })

  it('takes everything that was filled in', () => {
    const full = { visit: 'v1', site: 's1', contact: 'p1', product: 'd1', how: 'inferred' as const, importance: 0, theme: 't1' }
    expect(toNoteNeed({ ...need, ...full })).toEqual({ customer: 'c1', text: '밤에 시끄러워요', ...full })
  })

  it('has the theme of the need it tells of', () => {
    expect(toNoteNeed({ ...need, theme: 't1', sameAs: 'n1' })).toEqual({ customer: 'c1', text: '밤에 시끄러워요', need: 'n1' })
  })

  it('is somebody’s own as soon as there is a word in it', () => {
    expect(isUntouched({ ...emptyDraft(), as: 'need', customer: 'c1' })).toBe(true)
    expect(isUntouched(need)).toBe(false)
    expect(isUntouched({ ...emptyDraft(), seen: '손으로 적어요' })).toBe(false)
    expect(isUntouched({ ...emptyDraft(), importance: 0 })).toBe(false)
    expect(isUntouched({ ...emptyDraft(), answers: { a1: { value: 'yes', line: '' } } })).toBe(false)
  })
})

describe('a draft of a ticket', () => {
  const told = { ...emptyDraft(), as: 'ticket' as const, customer: 'c1' }

  it('needs a customer, and words or a category', () => {
    expect(canSave(told)).toBe(false)
    expect(canSave({ ...told, wrong: ' ' })).toBe(false)
    expect(canSave({ ...told, wrong: '펌프가 멈춰요' })).toBe(true)
    expect(canSave({ ...told, category: 'k1' })).toBe(true)
    expect(canSave({ ...told, wrong: 'x'.repeat(NOTE_MAX + 1) })).toBe(false)
    expect(canSave({ ...emptyDraft(), as: 'ticket', category: 'k1' })).toBe(false)
  })

  it('is told by the name of its category where nothing was typed', () => {
    expect(toOpenTicket({ ...told, category: 'k1', categoryName: '소음' })).toEqual({ customer: 'c1', text: '소음', category: 'k1' })
    expect(toOpenTicket({ ...told, category: 'k1', categoryName: '소음', wrong: ' 밤에 커요 ' })).toEqual({ customer: 'c1', text: '밤에 커요', category: 'k1' })
    expect(toOpenTicket(told)).toBeUndefined()
  })

  it('takes everything that was filled in', () => {
    const full = { ...told, wrong: '멈춤', visit: 'v1', site: 's1', asset: 'a1', contact: 'p1', severity: 'urgent' as const, assignee: 'jun', again: 'k9' }
    const { as: _as, note: _n, stepText: _s, channel: _c, said: _d, seen: _e, answers: _a, wrong: text, ...rest } = full
    expect(toOpenTicket(full)).toEqual({ ...rest, text })
  })

  it('is untouched until something of it was chosen', () => {
    expect(isUntouched(told)).toBe(true)
    expect([{ wrong: '멈춤' }, { category: 'k1' }, { severity: 'high' as const }, { again: 'k9' }].map((part) => isUntouched({ ...told, ...part }))).toEqual([false, false, false, false])
  })
})
