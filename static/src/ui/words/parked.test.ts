import { describe, expect, it } from 'vitest'
import { parkedSentence } from './parked.svelte'

describe('why an entry was put aside', () => {
  it('names who was first, where that is known', () => {
    expect(parkedSentence('already_taken', { member: 'm' }, { who: '준' })).toBe('준 님이 먼저 맡았어요. 이 기록은 버려도 돼요.')
    expect(parkedSentence('already_taken', { member: 'm' })).toBe('다른 사람이 먼저 맡았어요. 이 기록은 버려도 돼요.')
  })

  it('points to comments only where there are comments', () => {
    expect(parkedSentence('not_yours', {}, { kind: 'visit.amend' })).toContain('댓글')
    expect(parkedSentence('not_yours', {}, { kind: 'voice.amend' })).not.toContain('댓글')
  })

  it('calls a field as its noun does', () => {
    expect(parkedSentence('too_long', { field: 'title', max: 120 }, { kind: 'need.change' })).toContain('제목 항목이 길어요')
    expect(parkedSentence('too_long', { field: 'title', max: 80 }, { kind: 'contact.change' })).toContain('직함 항목이 길어요')
    expect(parkedSentence('not_found', { field: 'customers.0.customer' }, { kind: 'question.ask' })).toContain('고객 항목')
  })
})
