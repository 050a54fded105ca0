import { describe, expect, it } from 'vitest'
import { reasonWords } from './reasonWords'
import { verdictWords } from './verdictWords'
import { correctedTime, recordReceivedAt } from './visitTimes'
import { distance } from './words/format'
import { ko } from './words/ko'

const say = {
  today: '2026-11-24',
  count: String,
  distance: (metres: number) => distance(metres, { language: 'ko' }),
  seconds: (n: number) => `${n}초`,
}

describe('the verdict in words', () => {
  const unknown = { distance_m: null, accuracy_m: null, fix_age_s: null }

  it('tells how far and how sure', () => {
    const near = { verdict: 'verified' as const, distance_m: 30, accuracy_m: 12, fix_age_s: 4 }
    expect(verdictWords(near, ko, say)).toEqual({
      title: '현장에서 확인됐어요',
      detail: '현장까지 30m · 오차 ±12m',
    })
    const far = { verdict: 'out_of_range' as const, distance_m: 1240, accuracy_m: 40, fix_age_s: 200 }
    expect(verdictWords(far, ko, say)).toEqual({
      title: '현장에서 1.2km 떨어져 있어요',
      detail: '오차 ±40m · 200초 전 위치',
    })
  })

  it('stays neutral without a point', () => {
    expect(verdictWords({ verdict: 'logged_later', ...unknown }, ko, say)).toEqual({
      title: '나중에 기록했어요',
      detail: '',
    })
    expect(verdictWords({ verdict: null, ...unknown }, ko, say)).toBeUndefined()
  })
})

describe('a wrong clock', () => {
  it('is put right by what the server measured', () => {
    const visit = { skew_s: 3_600, flags: ['clock_off'] }
    expect(correctedTime('2026-11-24T09:00:00.000+09:00', visit)).toBe('2026-11-24T01:00:00.000Z')
  })

  it('is left alone when it was about right', () => {
    expect(correctedTime('2026-11-24T09:00:00.000+09:00', { skew_s: 30, flags: [] })).toBeUndefined()
    expect(correctedTime('2026-11-24T09:00:00.000+09:00', { skew_s: null, flags: ['clock_off'] })).toBeUndefined()
  })
})

describe('when a record came in', () => {
  const visit = { arrived_at: null, skew_s: null, flags: [], logged_at: '2026-11-24T14:43:00.000+09:00' }

  it('is told when it is about the record', () => {
    const received_at = '2026-11-24T07:10:00.000Z'
    expect(recordReceivedAt({ ...visit, received_at })).toBe(received_at)
  })

  it('is left out when it was the plan that came in, or nothing has yet', () => {
    expect(recordReceivedAt({ ...visit, received_at: '2026-11-23T05:00:00.000Z' })).toBeUndefined()
    expect(recordReceivedAt({ ...visit, received_at: '' })).toBeUndefined()
  })
})

describe('why a customer is suggested', () => {
  it('is said in words', () => {
    const said = (reason: Parameters<typeof reasonWords>[0]) => reasonWords(reason, ko, say)
    expect(said({ code: 'long_unseen', days: 21 })).toBe('21일 동안 방문하지 않았어요')
    expect(said({ code: 'near', metres: 120 })).toBe('지금 위치에서 120m 거리예요')
    expect(said({ code: 'never_visited' })).toBe('아직 방문한 적이 없어요')
    expect(said({ code: 'commitment_due', commitment: 'x', due_on: '2026-11-24' })).toBe('오늘까지 지킬 약속이 있어요')
    expect(said({ code: 'commitment_due', commitment: 'x', due_on: '2026-11-20' })).toBe('약속한 날이 지났어요')
  })
})
