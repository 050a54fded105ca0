import { describe, expect, it } from 'vitest'
import type { ParkedItem } from '../store/console'
import { canBeFixed, isShutOut, parkedText, parkedTitle } from './parkedWords'
import { ko } from './words/ko'
import { koShared } from './words/shared.ko'

const words = { ...ko, ...koShared }
const item: ParkedItem = {
  id: 1,
  entryId: 'e1',
  memberId: 'm',
  phone: 1,
  device: '',
  receivedAt: '2026-11-24T05:00:00Z',
  code: 'not_found',
  params: {},
  attempts: 1,
  kind: 'visit.log',
  args: { visit: 'v1', customer: 'c1', outcome: 'problem', note: '노즐이 막혀요' },
  text: '{"kind": "visit.log"}',
  n: 1,
  waiting: 0,
  names: new Map(),
}

describe('a parked entry of somebody', () => {
  it('is called by its kind and its customer, and says what was written', () => {
    expect(parkedTitle({ kind: 'visit.log', customerName: '대한철강' }, words)).toBe(`${ko.kind['visit.log']} · 대한철강`)
    expect(parkedTitle({ kind: 'toString' }, words)).toBe(ko.kind.unknown)
    expect(parkedText(item, words)).toBe('문제 있음 · 노즐이 막혀요')
  })

  it('that nobody can read shows how it begins', () => {
    expect(parkedText({ text: '{{{'.repeat(200) }, words)).toBe('{{{'.repeat(200).slice(0, 200))
  })

  it('can be set right by other words unless it only waits, or is about another entry', () => {
    expect(canBeFixed(item)).toBe(true)
    expect(canBeFixed({ ...item, waitsFor: 'e0' })).toBe(false)
    expect(canBeFixed({ ...item, kind: 'entry.retry', args: { entry: 'e0', note: '' } })).toBe(false)
    expect(canBeFixed({ ...item, kind: 'visit.cancel', args: { visit: 'v1' } })).toBe(false)
  })

  it('of a phone that was switched off is for a person to let in', () => {
    expect(isShutOut({ code: 'quarantined' })).toBe(true)
    expect(isShutOut({ code: 'not_found' })).toBe(false)
  })
})
