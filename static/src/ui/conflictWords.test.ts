import { describe, expect, it } from 'vitest'
import type { Conflict } from '../shapes/conflict'
import { READERS } from '../shapes/row'
import type { Member } from '../shapes/member'
import type { ConflictLine } from '../store/conflicts'
import { apart, decisionWords, fitsMemo, holdsAside, noteOf, replaceWords, sidesOf, subjectOf } from './conflictWords'
import { en } from './words/en'
import * as format from './words/format'
import { ko } from './words/ko'
import { enShared } from './words/shared.en'
import { koShared } from './words/shared.ko'

const korean = { ...ko, ...koShared }
const english = { ...en, ...enShared }
const NOW = Date.parse('2026-11-24T06:00:00Z')
const seoul = { language: 'ko', zone: 'Asia/Seoul', words: ko } as const
const say = {
  moment: (at: string) => format.moment(at, NOW, seoul),
  clock: (at: string) => format.clock(at, seoul),
  longDay: (day: string) => format.longDay(day, seoul),
  dayOf: (at: string) => format.dayOf(at, 'Asia/Seoul'),
  distance: (metres: number) => format.distance(metres, seoul),
}
const rows = { territory: (id: string) => (id === 'n' ? '북부' : undefined), site: () => undefined, theme: () => undefined, product: () => undefined, contact: () => undefined, asset: () => undefined, chip: (id: string) => (id === 'k' ? '마모' : undefined), ticket: () => undefined }

function member(name: string): Member {
  return READERS.member(name, { name })
}

const conflict: Conflict = {
  id: 'x', customer: 'c', shape: 'customer', row: 'c', names: ['phone'], base: [''], mine: ['02-1'], theirs: ['02-2'], kept: 'mine',
  member: 'a', their_member: 'b', theirs_at: '2026-11-24T04:40:00.000Z', made_at: '2026-11-24T13:10:00.000+09:00',
  received_at: '2026-11-24T05:00:00.000Z', choice: null, resolved_by: null, closed_at: null,
}

function line(part: Partial<ConflictLine> = {}, of: Partial<Conflict> = {}): ConflictLine {
  const whole = { ...conflict, ...of }
  const people = { writer: member('이서연'), former: member('김민수'), isWriter: false, isFormer: false, isResolver: false }
  return { conflict: whole, now: whole.kept === 'mine' ? whole.mine : whole.theirs, may: 'decide', mayNote: true, memo: '', entryState: 'applied', ...people, ...part }
}

const told = (of: ConflictLine) => sidesOf(of, korean, say, rows).map((side) => `${side.title} (${side.who}) ${side.value}`)

describe('two values', () => {
  it('of whom the late one stands: the other is the former', () => {
    expect(told(line())).toEqual(['현재 내용 (이서연 님, 오프라인 13:10) 02-1', '이전 내용 (김민수 님, 13:40) 02-2'])
    expect(told(line({ isWriter: true }))).toEqual(['현재 내용 (내가 적음, 오프라인 13:10) 02-1', '이전 내용 (김민수 님, 13:40) 02-2'])
    expect(told(line({ isFormer: true }))).toEqual(['현재 내용 (이서연 님, 오프라인 13:10) 02-1', '내가 적은 내용 (13:40) 02-2'])
  })

  it('of whom the former stands: the other is of whoever came late', () => {
    const of = { kept: 'theirs' as const }
    expect(told(line({ isWriter: true }, of))).toEqual(['현재 내용 (김민수 님, 13:40) 02-2', '내가 적은 내용 (오프라인 13:10) 02-1'])
    expect(told(line({}, of))).toEqual(['현재 내용 (김민수 님, 13:40) 02-2', '이서연 님이 적은 내용 (오프라인 13:10) 02-1'])
  })

  it('say so when the row has gone on since, and when nobody knows who was first', () => {
    expect(told(line({ now: ['02-9'] }))[0]).toBe('현재 내용 (그 뒤에 다시 바뀜) 02-9')
    const nobody = line({}, { their_member: null, theirs_at: null })
    expect(sidesOf(nobody, korean, say, rows)[1]).toMatchObject({ title: '이전 내용', who: '' })
  })

  it('once decided are what was chosen and what was not', () => {
    const decided = { choice: 'replace' as const, closed_at: '2026-11-24T05:30:00.000Z', resolved_by: 'm' }
    const found = line({ resolver: member('최은영') }, decided)
    expect(told(found)).toEqual(['고른 내용 (김민수 님, 13:40) 02-2', '고르지 않은 내용 (이서연 님, 오프라인 13:10) 02-1'])
    expect(decisionWords(found, korean, say)).toBe('최은영 님이 14:30에 다른 내용으로 바꿨어요')
    expect(decisionWords(line({ isResolver: true }, { ...decided, choice: 'keep' }), english, say)).toBe('You kept what was there · 14:30')
  })

  it('that are places say how far they lie apart', () => {
    const place = { names: ['latitude', 'longitude'], mine: [37.5, 127], theirs: [37.51, 127] }
    expect(Math.round(apart(line({}, place)) ?? 0)).toBe(1112)
    expect(apart(line({}, { ...place, theirs: [null, null] }))).toBeUndefined()
    expect(apart(line({ now: place.theirs }, place))).toBeUndefined()
    expect(apart(line())).toBeUndefined()
  })

  it('are read as people read them', () => {
    const of = (names: string[], mine: unknown[]) => sidesOf(line({ now: mine }, { names, mine }), korean, say, rows)[0].value
    expect([of(['territory'], ['n']), of(['part'], ['decides']), of(['memo'], ['']), of(['geofence_m'], [150])]).toEqual(['북부', '결정', '비어 있음', '150m'])
    expect(of(['latitude', 'longitude'], [37.5, 127])).toBe('37.50000, 127.00000')
    expect(of(['cause_chip', 'fix_chip', 'resolution'], ['k', null, '베어링 교체'])).toBe('마모 · 베어링 교체')
    expect(of(['cause_chip', 'fix_chip', 'resolution'], [null, null, ''])).toBe('비어 있음')
    expect(of(['severity'], ['urgent'])).toBe('긴급')
  })
})

describe('the button for the other value', () => {
  it('says whose it is', () => {
    const late = { kept: 'theirs' as const }
    expect(replaceWords(line({ isWriter: true }, late), korean)).toBe('내 내용으로 바꾸기')
    expect(replaceWords(line({ isFormer: true }), korean)).toBe('내 내용으로 바꾸기')
    expect(replaceWords(line({ isWriter: true }), korean)).toBe('이전 내용으로 되돌리기')
    expect(replaceWords(line({}, late), english)).toBe('Use what 이서연 wrote')
  })
})

describe('the other value', () => {
  it('is nothing to put back where somebody has done so', () => {
    expect(holdsAside(line())).toBe(false)
    expect(holdsAside(line({ now: ['02-2'] }))).toBe(true)
  })
})

describe('the note for the memo', () => {
  it('names the field, both values, the people and the days', () => {
    expect(noteOf(line(), korean, say, rows)).toBe(
      '전화 항목을 서로 다르게 적었어요.\n· 02-1 (이서연 님, 2026. 11. 24. (화) 13:10)\n· 02-2 (김민수 님, 2026. 11. 24. (화) 13:40)',
    )
  })

  it('names the site or the person as well', () => {
    expect(subjectOf(line({ part: '박지훈' }, { shape: 'contact', names: ['title'] }), korean)).toBe('박지훈 · 직함')
    expect(subjectOf(line({ part: '조용한 펌프' }, { shape: 'need', names: ['title'] }), korean)).toBe('조용한 펌프 · 제목')
    expect(subjectOf({ conflict: { ...conflict, shape: 'ticket', names: ['cause_chip', 'fix_chip', 'resolution'] } }, korean)).toBe('원인과 해결')
  })

  it('does not repeat what the memo holds already', () => {
    expect(noteOf(line({}, { names: ['memo'], mine: ['A'], theirs: ['B'] }), korean, say, rows)).toBe(
      '함께 적은 내용: B (김민수 님, 2026. 11. 24. (화) 13:40)',
    )
  })

  it('must have room beside the memo', () => {
    expect(fitsMemo('x'.repeat(2000), '')).toBe(true)
    expect(fitsMemo('x'.repeat(2001), '')).toBe(false)
    expect(fitsMemo('x'.repeat(100), 'y'.repeat(3900))).toBe(false)
  })
})
