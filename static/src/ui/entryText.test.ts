import { describe, expect, it } from 'vitest'
import { canBeCorrected, entryText, textFields } from './entryText'
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

describe('what an edit says', () => {
  it('is each field by its name, with what was written into it', () => {
    const args = { site: 's1', address: '서울 중구', access_gate: '', latitude: 37.5, longitude: 127, geofence_m: 100 }
    expect(entryText(said('site.change', args), words)).toBe('주소: 서울 중구 · 출입 안내 · 출입구: 비어 있음 · 위치 · 도착으로 보는 거리')
    expect(entryText(said('contact.change', { contact: 'p1', site: 's1' }), words)).toBe('현장')
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
})
