import { describe, expect, it } from 'vitest'
import { canBeCorrected, entryText, plainTexts, textFields } from './entryText'
import { ko } from './words/ko'
import { koShared } from './words/shared.ko'

const words = { ...ko, ...koShared }

function said(kind: string, args: Record<string, unknown>) {
  return { kind, args }
}

describe('what an entry says', () => {
  it('is what the person wrote', () => {
    expect(entryText(said('visit.log', { visit: 'v1', outcome: 'problem', note: '노즐이 막혀요' }), words)).toBe('문제 있음 · 노즐이 막혀요')
    expect(entryText(said('visit.plan', { visit: 'v1', planned_for: '2026-11-25' }), words)).toBe('2026-11-25')
    expect(entryText(said('visit.log', { visit: 'v1', outcome: 'unheard of', note: 7 }), words)).toBe('')
  })
})

describe('what was heard and answered', () => {
  it('is told in its words', () => {
    expect(entryText(said('need.note', { need: 'n', voice: 'v', text: '소리가 커요', importance: 3 }), words)).toBe('소리가 커요')
    expect(entryText(said('voice.observe', { voice: 'v', sign: 'by_hand', text: '' }), words)).toBe('손으로 적음')
    expect(entryText(said('asking.answer', { asking: 'k', value: 'yes', line: '아침마다요' }), words)).toBe('네 · 아침마다요')
    expect(entryText(said('reply.answer', { reply: 'r', value: 'not_yet' }), words)).toBe('아직')
    expect(entryText(said('need.decline', { need: 'n', reason: '부품이 없어요', customer_text: '지금은 어렵습니다.' }), words)).toBe('부품이 없어요 · 지금은 어렵습니다.')
  })

  it('can be shortened to what its noun takes', () => {
    const lengths = (kind: string, args: Record<string, unknown>) => plainTexts(said(kind, args)).map(({ name, max }) => [name, max])
    expect(lengths('visit.log', { note: '', text: '' })).toEqual([['note', 4000], ['text', 2000]])
    expect(lengths('need.note', { text: '' })).toEqual([['text', 4000]])
    expect(lengths('need.accept', { note: '' })).toEqual([['note', 500]])
    expect(lengths('theme.add', { name: '' })).toEqual([['name', 80]])
    expect(lengths('conflict.resolve', { note: '' })).toEqual([['note', 2000]])
  })
})

describe('what is said of tickets', () => {
  it('is told in its words', () => {
    expect(entryText(said('ticket.open', { ticket: 't', text: '펌프가 멈춰요', severity: 'high' }), words)).toBe('펌프가 멈춰요')
    expect(entryText(said('ticket.wait', { ticket: 't', waits_for: 'parts', note: '베어링' }), words)).toBe('부품 · 베어링')
    expect(entryText(said('ticket.solve', { ticket: 't', resolution: '교체함' }), words)).toBe('교체함')
    expect(entryText(said('ticket.review', { ticket: 't', step: 's', review: 'server' }), words)).toBe('서버 시각')
    expect(entryText(said('help.answer', { help: 'h', answer: '먼저 식히세요' }), words)).toBe('먼저 식히세요')
    expect(entryText(said('asking.answer', { asking: 'k', answer: 'a', value: 'no' }), words)).toBe('아니요')
    expect(entryText(said('cause.change', { cause: 'k', text: '마모', chip: 'c' }), words)).toBe('원인 설명: 마모 · 원인')
  })

  it('can be corrected within its length', () => {
    const lengths = (kind: string, args: Record<string, unknown>) => plainTexts(said(kind, args)).map(({ name, max }) => [name, max])
    expect(lengths('ticket.open', { text: '' })).toEqual([['text', 4000]])
    expect(lengths('ticket.solve', { resolution: '' })).toEqual([['resolution', 4000]])
    expect(lengths('help.ask', { text: '' })).toEqual([['text', 1000]])
    expect(lengths('help.answer', { answer: '' })).toEqual([['answer', 4000]])
    expect(lengths('asking.answer', { answer: 'a' })).toEqual([])
    expect(canBeCorrected(said('asking.answer', { asking: 'k', answer: 'a' }), undefined)).toBe(false)
  })
})

describe('what an edit says', () => {
  it('is each field by its name, with what was written into it', () => {
    const args = { site: 's1', address: '서울 중구', access_gate: '', latitude: 37.5, longitude: 127, geofence_m: 100 }
    expect(entryText(said('site.change', args), words)).toBe('주소: 서울 중구 · 출입 안내 · 출입구: 비어 있음 · 위치 · 도착으로 보는 거리')
    expect(entryText(said('contact.change', { contact: 'p1', site: 's1' }), words)).toBe('현장')
  })

  it('of a need has words of its own', () => {
    expect(entryText(said('need.change', { need: 'n1', title: '조용한 펌프', theme: 't1' }), words)).toBe('제목: 조용한 펌프 · 주제')
    expect(entryText(said('contact.change', { contact: 'p1', title: '과장' }), words)).toBe('직함: 과장')
  })

  it('and a decision says what was decided', () => {
    expect(entryText(said('conflict.resolve', { conflict: 'x', choice: 'note', note: '둘 다' }), words)).toBe('둘 다 메모에 남기기 · 둘 다')
    expect(entryText(said('conflict.resolve', { conflict: 'x', choice: 'unheard of' }), words)).toBe('')
  })
})

describe('correcting an entry', () => {
  it('is offered where there is something to correct', () => {
    expect(canBeCorrected(said('visit.log', { visit: 'v1', note: '' }), 'note')).toBe(true)
    expect(canBeCorrected(said('visit.arrive', { visit: 'v1', customer: 'c1' }), undefined)).toBe(false)
    expect(canBeCorrected(said('visit.arrive', { visit: 'v1', customer: 'c1' }), 'customer')).toBe(true)
    expect(canBeCorrected(said('visit.cancel', { visit: 'v1' }), 'visit')).toBe(false)
  })

  it('of an edit is correcting its texts', () => {
    expect(textFields(said('customer.change', { customer: 'c1', memo: 'x', territory: 't1' }))).toEqual([{ name: 'memo', max: 4000 }])
    expect(canBeCorrected(said('customer.change', { customer: 'c1', memo: 'x' }), 'memo')).toBe(true)
    expect(canBeCorrected(said('site.change', { site: 's1', latitude: 1, longitude: 2 }), 'latitude')).toBe(false)
  })

  it('of what is about a theme is choosing another, but not of the theme itself', () => {
    expect(canBeCorrected(said('need.change', { need: 'n1', theme: 't1' }), 'theme')).toBe(true)
    expect(canBeCorrected(said('theme.remove', { theme: 't1' }), 'theme')).toBe(false)
  })
})
