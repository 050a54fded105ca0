import { describe, expect, it } from 'vitest'
import type { Step } from '../shapes/step'
import { readTicket, type Ticket } from '../shapes/ticket'
import { alarmWords, causeStanding, causeTitle, dueWords, hasOwnTimes, lengthWords, shortTitle, skewWords, stepWords, waitingAlarms } from './ticketWords'
import { enTickets } from './words/tickets.en'
import { koTickets } from './words/tickets.ko'

const NOW = Date.parse('2026-11-24T10:00:00Z')
const say = { now: NOW, count: (n: number) => String(n), today: '2026-11-24', nearDay: (day: string) => day }

function ticket(part: Partial<Ticket> = {}): Ticket {
  return { ...readTicket('t1', { state: 'open', text: '펌프가 멈춰요' }), ...part }
}

describe('a length', () => {
  it.each([
    [30, '곧'],
    [59 * 60, '59분'],
    [2 * 3600 + 1800, '2시간'],
    [3 * 86_400 + 5, '3일'],
  ])('of %d seconds is told as %s', (seconds, words) => {
    expect(lengthWords(seconds, koTickets, say)).toBe(words)
  })
})

describe('what is due', () => {
  it('is told by what is left of it, or by how late it is', () => {
    const due = (at: string) => dueWords(ticket({ resolution_due_at: at }), koTickets, say)
    expect(due('2026-11-24T12:10:00Z')).toBe('2시간 남음')
    expect(due('2026-11-23T09:00:00Z')).toBe('1일 지남')
    expect(dueWords(ticket({ resolution_due_at: '2026-11-24T09:15:00Z' }), enTickets, say)).toBe('45 min late')
  })

  it('is the answer while there is none', () => {
    const both = { response_due_at: '2026-11-24T10:40:00Z', resolution_due_at: '2026-11-24T15:00:00Z' }
    expect(dueWords(ticket(both), koTickets, say)).toBe('답변 40분 남음')
    expect(dueWords(ticket({ ...both, response_at: '2026-11-24T09:50:00Z' }), koTickets, say)).toBe('5시간 남음')
  })

  it('stands while it waits', () => {
    const waiting = { state: 'waiting', waits_for: 'parts' } as const
    expect(dueWords(ticket({ ...waiting, resolution_left_s: 3 * 3600 }), koTickets, say)).toBe('기다리는 중 · 3시간 남음')
    expect(dueWords(ticket(waiting), koTickets, say)).toBe('기다리는 중')
    expect(dueWords(ticket({ ...waiting, resolution_verdict: 'missed' }), koTickets, say)).toBe('기한 넘김')
  })

  it('is told of one that is over only by how it ended, and of one without a promise not at all', () => {
    expect(dueWords(ticket({ state: 'solved', resolution_verdict: 'met' }), koTickets, say)).toBe('기한 지킴')
    expect(dueWords(ticket({ state: 'closed', resolution_verdict: 'missed' }), enTickets, say)).toBe('Too late')
    expect(dueWords(ticket(), koTickets, say)).toBe('')
    expect(dueWords(ticket({ withdrawn_at: '2026-11-24T09:00:00Z', resolution_verdict: 'met' }), koTickets, say)).toBe('')
  })
})

const step: Step = {
  id: 's1', event: 'solved', member: 'jun', assignee: null, waits_for: null, note: '', counts_at: '2026-11-24T10:59:00.000Z', skew_s: 0,
  is_in_review: false, review: null, reviewed_by: null, made_at: '2026-11-24T19:59:00.000+09:00', received_at: '2026-11-24T10:59:20.000Z',
}
const nameOf = (member: string | null) => ({ jun: '준', mia: '미아' })[member ?? ''] ?? '이전 팀원'

describe('what happened', () => {
  it('names who did it to whom', () => {
    expect(stepWords(step, koTickets, nameOf)).toBe('준 님이 해결')
    expect(stepWords({ ...step, event: 'assigned', assignee: 'jun' }, koTickets, nameOf)).toBe('준 님이 맡음')
    expect(stepWords({ ...step, event: 'assigned', assignee: 'mia' }, enTickets, nameOf)).toBe('준 handed it to 미아')
    expect(stepWords({ ...step, event: 'assigned' }, koTickets, nameOf)).toBe('준 님이 담당을 비움')
    expect(stepWords({ ...step, event: 'waiting', waits_for: 'parts' }, koTickets, nameOf)).toBe('부품을 기다림')
  })

  it('has times of its own where they differ', () => {
    expect(hasOwnTimes(step)).toBe(false)
    expect(hasOwnTimes({ ...step, received_at: '2026-11-24T15:00:00.000Z' })).toBe(true)
    expect(hasOwnTimes({ ...step, skew_s: -10_800 })).toBe(true)
    expect(hasOwnTimes({ ...step, counts_at: '', received_at: '', skew_s: null })).toBe(false)
  })

  it('tells a clock that was wrong', () => {
    const minutes = (n: number) => `${n}분`
    expect(skewWords(-10_800, koTickets, minutes)).toBe('180분 빠름')
    expect(skewWords(600, koTickets, minutes)).toBe('10분 느림')
    expect(skewWords(10, koTickets, minutes)).toBe('')
    expect(skewWords(null, koTickets, minutes)).toBe('재지 못함')
  })
})

describe('alarms', () => {
  it('say how far up they went, and wait until somebody acknowledges them', () => {
    const alarm = { clock: 'resolution', rung: 2, due_at: '', raised_at: '', acknowledged_at: null, acknowledged_by: null } as const
    expect(alarmWords(alarm, koTickets)).toBe('팀장에게 알렸어요')
    expect(alarmWords({ rung: 9 }, koTickets)).toBe('경영진에게 알렸어요')
    expect(waitingAlarms({ alarms: [alarm, { ...alarm, acknowledged_at: '2026-11-24T09:00:00Z' }] })).toEqual([alarm])
  })
})

describe('a cause', () => {
  const cause = { state: 'watching', finding_due_on: null, watch_until: '2027-02-22' } as const

  it('is called by its words, else by its chip', () => {
    expect(causeTitle({ text: ' 베어링 마모 ' }, '마모', koTickets)).toBe('베어링 마모')
    expect(causeTitle({ text: '' }, '마모', koTickets)).toBe('마모')
    expect(causeTitle({ text: '' }, undefined, koTickets)).toBe('아직 모르는 원인')
  })

  it('tells how long it has been quiet and until when it is watched', () => {
    expect(causeStanding(cause, 12, koTickets, say)).toBe('12일째 조용해요 · 2027-02-22까지')
    expect(causeStanding(cause, 0, koTickets, say)).toBe('오늘부터 지켜봐요 · 2027-02-22까지')
    expect(causeStanding({ ...cause, state: 'back' }, 0, koTickets, say)).toBe('')
  })

  it('is to be found by its day', () => {
    const finding = { state: 'finding', watch_until: null } as const
    expect(causeStanding({ ...finding, finding_due_on: '2026-11-26' }, 0, koTickets, say)).toBe('2026-11-26까지 찾기')
    expect(causeStanding({ ...finding, finding_due_on: '2026-11-22' }, 0, enTickets, say)).toBe('2 days late')
  })
})

describe('a heading', () => {
  it('is the first line, and no longer than it can be', () => {
    expect(shortTitle('펌프가 멈춰요\n어제부터요')).toBe('펌프가 멈춰요')
    expect(shortTitle('가'.repeat(100))).toBe(`${'가'.repeat(80)}…`)
  })
})
