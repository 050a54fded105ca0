import { describe, expect, it } from 'vitest'
import { readMember } from '../shapes/member'
import { readTeam } from '../shapes/team'
import { freshnessWords, hearsOfPhones } from './freshnessWords'
import { ko } from './words/ko'

const say = { moment: () => '14:02', count: String }
const fresh = { asOf: '2026-11-24T05:02:00Z', silentAfterS: 86_400, total: 12, members: null }

describe('how complete the feed is', () => {
  it('never looks complete while a phone is silent or holds records', () => {
    expect(freshnessWords({ ...fresh, silent: 2, waiting: 5 }, ko, say)).toBe(
      '14:02 기준 · 12명 중 2명의 기록이 아직 안 들어왔어요 · 휴대폰에 남은 기록 5건',
    )
    expect(freshnessWords({ ...fresh, silent: 0, waiting: 5 }, ko, say)).toBe('14:02 기준 · 휴대폰에 남은 기록 5건')
  })

  it('says so when everything is in', () => {
    expect(freshnessWords({ ...fresh, silent: 0, waiting: 0 }, ko, say)).toBe('14:02 기준 · 모두의 기록이 들어왔어요')
  })
})

describe('whose phones are silent', () => {
  const rep = readMember('ana', { role: 'rep' })

  it('is told to whoever leads others, and to nobody else', () => {
    expect(hearsOfPhones(rep, new Map())).toBe(false)
    expect(hearsOfPhones(readMember('jun', { role: 'engineer' }), new Map())).toBe(false)
    expect(hearsOfPhones(undefined, new Map())).toBe(false)
    expect(hearsOfPhones(rep, new Map([['north', readTeam('north', { lead: 'ana' })]]))).toBe(true)
    expect(hearsOfPhones(readMember('mia', { role: 'manager' }), new Map())).toBe(true)
    expect(hearsOfPhones(readMember('eva', { role: 'executive' }), new Map())).toBe(true)
    expect(hearsOfPhones(readMember('ana', { role: 'rep', is_admin: true }), new Map())).toBe(true)
  })
})
