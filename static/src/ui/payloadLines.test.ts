import { describe, expect, it } from 'vitest'
import { payloadLines, type Terms } from './payloadLines'
import { koCodes } from './words/codes.ko'
import { ko } from './words/ko'
import { koShared } from './words/shared.ko'

const terms: Terms = {
  dict: { ...ko, ...koShared },
  field: koCodes.field,
  say: { longDay: (day) => `${day} (날)`, minutes: (n) => `${n}분`, distance: (metres) => `${metres}m` },
  notHere: '이 휴대폰에 없음',
  names: new Map([
    ['c1', '대한철강'],
    ['v1', '대한철강'],
    ['n2', '소음'],
    ['jun', '준'],
    ['t1', '진동'],
    ['k1', '마모'],
    ['w1', '펌프가 멈춰요'],
  ]),
}

function told(kind: string, args: Record<string, unknown>): string[] {
  return payloadLines(kind, args, terms).map(({ label, value }) => `${label}: ${value}`)
}

describe('the words of an entry', () => {
  it('are its fields by their names, and rows by theirs', () => {
    const args = { visit: 'new', customer: 'c1', contact: 'unknown', outcome: 'problem', minutes: 30, note: '' }
    expect(told('visit.log', args)).toEqual([
      '고객: 대한철강',
      '만난 사람: 이 휴대폰에 없음',
      '결과: 문제 있음',
      '걸린 시간: 30분',
      '메모: 비어 있음',
    ])
  })

  it('hold what was done next', () => {
    const nextStep = { commitment: 'new', text: '견적 보내기', due_on: '2026-11-25' }
    expect(told('visit.log', { visit: 'v1', next_step: nextStep })).toEqual([
      '방문: 대한철강',
      '내용: 견적 보내기',
      '약속 날짜: 2026-11-25 (날)',
    ])
  })

  it('of an edit are the fields that were edited, a place as one', () => {
    const args = { site: 's1', latitude: 37.5, longitude: 127, address: '' }
    expect(told('site.change', args)).toEqual(['현장: 이 휴대폰에 없음', '위치: 37.50000, 127.00000', '주소: 비어 있음'])
  })

  it('name the needs, themes and people they point to', () => {
    expect(told('need.merge', { need: 'n1', into: 'n2' })).toEqual(['묶을 니즈: 소음'])
    expect(told('need.hand_over', { need: 'n2', owner: 'jun' })).toEqual(['니즈: 소음', '담당 연구원: 준'])
    expect(told('need.hand_over', { need: 'n1', owner: null })).toEqual(['담당 연구원: 없음'])
    expect(told('need.change', { need: 'n2', title: '저소음', theme: 't1' })).toEqual(['니즈: 소음', '제목: 저소음', '주제: 진동'])
    expect(told('voice.observe', { voice: 'v', customer: 'c1', sign: 'waits', text: '' })).toEqual(['고객: 대한철강', '관찰한 모습: 기다림', '내용: 비어 있음'])
    const customers = [{ asking: 'k1', customer: 'c1' }, { asking: 'k2', customer: 'c2' }]
    expect(told('question.ask', { question: 'q', need: 'n1', text: '매일 쓰시나요?', customers })).toEqual([
      '내용: 매일 쓰시나요?',
      '물어볼 고객: 대한철강, 이 휴대폰에 없음',
    ])
  })

  it('tell of tickets what was said, chosen and written, by the names of things', () => {
    expect(told('ticket.solve', { ticket: 'w1', cause_chip: 'k1', fix_chip: null, resolution: '베어링 교체', is_solved_on_visit: true })).toEqual([
      '이슈: 펌프가 멈춰요',
      '원인: 마모',
      '조치: 비어 있음',
      '해결 내용: 베어링 교체',
      '방문 중 해결: 네',
    ])
    expect(told('ticket.wait', { ticket: 'w9', waits_for: 'parts' })).toEqual(['기다리는 것: 부품'])
    expect(told('ticket.assign', { ticket: 'w9', assignee: null })).toEqual(['담당: 없음'])
    expect(told('ticket.review', { ticket: 'w9', step: 's1', review: 'server' })).toEqual(['인정 시각: 서버 시각'])
    expect(told('ticket.close', { ticket: 'w9', cause: 'new', watch_until: '2027-02-22', is_finding: false })).toEqual([
      '재발 관찰 기간: 2027-02-22 (날)',
      '원인 확인 중: 아니요',
    ])
    expect(told('message.write', { message: 'm', ticket: 'w1', audience: 'customer', text: '내일 갑니다' })).toEqual([
      '이슈: 펌프가 멈춰요',
      '읽는 사람: 고객에게 전한 말',
      '내용: 내일 갑니다',
    ])
    expect(told('help.answer', { help: 'h', answer: '먼저 식히세요' })).toEqual(['답: 먼저 식히세요'])
    expect(told('cause.settle', { cause: 'k1', chip: 'k1', countermeasure: '매주 점검' })).toEqual(['원인: 마모', '원인: 마모', '재발 방지 대책: 매주 점검'])
  })

  it('of an edited ticket are its fields, what solved it among them', () => {
    expect(told('ticket.change', { ticket: 'w1', severity: 'urgent', cause_chip: 'k1' })).toEqual(['이슈: 펌프가 멈춰요', '심각도: 긴급', '원인: 마모'])
  })

  it('are shown as they came where they mean nothing to this app', () => {
    expect(told('visit.log', { due_on: '2026-13-45', unheard_of: [1] })).toEqual(['약속 날짜: 2026-13-45', 'unheard_of: [1]'])
  })
})
