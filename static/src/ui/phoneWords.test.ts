import { describe, expect, it } from 'vitest'
import { clockWords, isSilent, lostWords } from './phoneWords'
import { koManage } from './words/manage.ko'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const say = { now: NOW, count: String, minutes: (n: number) => `${n}분` }

describe('a phone is silent', () => {
  const heard = (at: string | null, pending: number) => ({ pending, last_contact_at: at })

  it('when work waits on it and it has not been heard of for so long', () => {
    expect(isSilent(heard('2026-11-24T07:00:00Z', 1), 4, NOW)).toBe(true)
    expect(isSilent(heard('2026-11-24T07:00:00Z', 1), 24, NOW)).toBe(false)
    expect(isSilent(heard(null, 1), 72, NOW)).toBe(true)
  })

  it('but not when it owes nothing', () => {
    expect(isSilent(heard('2026-10-01T00:00:00Z', 0), 4, NOW)).toBe(false)
  })
})

describe('what is wrong with a phone', () => {
  it('is how much went with its storage, by the numbers of both sides', () => {
    expect(lostWords({ lost_written_n: 212, lost_received_n: 205 }, koManage, say)).toBe(
      '이 휴대폰은 212번까지 썼고 서버에는 205번까지 있어요',
    )
    expect(lostWords({ lost_written_n: 0, lost_received_n: 0 }, koManage, say)).toBe('')
  })

  it('is its clock from ten minutes on, and which way it is off', () => {
    expect(clockWords({ skew_ms: 600_000 }, koManage, say)).toBe('')
    expect(clockWords({ skew_ms: 660_000 }, koManage, say)).toBe('시계가 11분 느려요')
    expect(clockWords({ skew_ms: -1_500_000 }, koManage, say)).toBe('시계가 25분 빨라요')
  })
})
