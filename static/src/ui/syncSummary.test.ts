import { describe, expect, it } from 'vitest'
import { syncSummary } from './syncSummary'
import { ko } from './words/ko'

const quiet = { saved: 0, sent: 0, attention: 0, isOnline: true }
const summary = (counts: Partial<typeof quiet>, isSignInNeeded = false) =>
  syncSummary({ ...quiet, ...counts }, isSignInNeeded, ko, String)

describe('the sync chip', () => {
  it('says all in only when nothing waits anywhere', () => {
    expect(summary({})).toEqual({ worst: 'applied', words: '모두 등록됨' })
    expect(summary({ sent: 2 })).toEqual({ worst: 'sent', words: '전송됨 2' })
    expect(summary({ saved: 3 })).toEqual({ worst: 'saved', words: '전송 대기 3' })
    expect(summary({ isOnline: false })).toEqual({ worst: 'offline', words: '오프라인' })
  })

  it('shows the worst state, and what waits beside it', () => {
    expect(summary({ saved: 3, sent: 1, attention: 1 })).toEqual({
      worst: 'attention',
      words: '전송 대기 3 · 확인 필요 1',
    })
    expect(summary({ saved: 3 }, true)).toEqual({ worst: 'sign_in', words: '전송 대기 3 · 로그인 필요' })
  })

  it('never hides what waits behind being offline', () => {
    expect(summary({ saved: 1, isOnline: false }).worst).toBe('saved')
  })
})
