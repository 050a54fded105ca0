import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { REDUCERS } from '../../overlay/reduce'
import { FORMS, type SharedName } from '../../shapes/shared'
import { fieldName } from '../fieldWords'
import { enCodes } from './codes.en'
import { koCodes } from './codes.ko'
import { en } from './en'
import * as format from './format'
import { ko } from './ko'
import { enManage } from './manage.en'
import { koManage } from './manage.ko'
import { enNeeds } from './needs.en'
import { koNeeds } from './needs.ko'
import { enSetUp } from './setUp.en'
import { koSetUp } from './setUp.ko'
import { enShared } from './shared.en'
import type { Words } from './shared.svelte'
import { koShared } from './shared.ko'
import { enTickets } from './tickets.en'
import { koTickets } from './tickets.ko'

const ui = fileURLToPath(new URL('..', import.meta.url))
const seoul = { language: 'ko', zone: 'Asia/Seoul', words: ko } as const
const english = { language: 'en', zone: 'Asia/Seoul', words: en } as const

function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
}

const KOREAN = { ...ko, ...koCodes, shared: koShared, manage: koManage, needs: koNeeds, tickets: koTickets, setUp: koSetUp }
const ENGLISH = { ...en, ...enCodes, shared: enShared, manage: enManage, needs: enNeeds, tickets: enTickets, setUp: enSetUp }

describe('the catalogue', () => {
  it('has the same keys in both languages', () => {
    const keys = (value: unknown) => leaves(value).map(([path]) => path)
    expect(keys(ENGLISH)).toEqual(keys(KOREAN))
  })

  it('leaves no text empty, but the one reason that needs none', () => {
    for (const dict of [KOREAN, ENGLISH]) {
      const empty = leaves(dict).filter(([, text]) => text === '')
      expect(empty.map(([path]) => path)).toEqual(['.record.because.chosen'])
    }
  })

  it('has no Korean left in English, but for the name of the language and the initials', () => {
    const hangul = leaves(ENGLISH).filter(([, text]) => typeof text === 'string' && /[ㄱ-ㆎ가-힣]/.test(text))
    expect(hangul.map(([path]) => path)).toEqual(['.language.ko', '.customers.searchHint'])
  })

  it('has a sentence for every code the server parks with', () => {
    const codes =
      'bad_entry unknown_kind schema_ahead schema_unknown field_required field_not_allowed field_type out_of_range choice too_long bad_characters bad_date bad_id not_found row_deleted id_taken not_yours not_permitted actor_disabled bad_transition already_arrived already_logged already_withdrawn product_inactive waits_for cycle not_open poison nothing_changed out_of_scope external_id_taken bad_location already_resolved quarantined returned cycle schema_unknown name_taken already_taken merge_itself merge_circle already_merged not_merged bad_stage not_asking not_an_observation question_withdrawn visit_begun own_visit already_answered already_asked unknown_event asset_unnamed ticket_state ticket_withdrawn ticket_taken ticket_circle closing_incomplete other_cause watch_over already_so help_over nothing_to_review nothing_to_acknowledge no_working_hour slots_overlap calendar_in_use policy_taken'
    expect(Object.keys(koCodes.parked)).toEqual(expect.arrayContaining(codes.split(' ')))
    expect(Object.keys(koManage.reason)).toEqual(expect.arrayContaining(codes.split(' ')))
  })
})

describe('the words for what entries say', () => {
  const kinds = Object.keys(REDUCERS)

  it('name every kind', () => {
    for (const dict of [KOREAN, ENGLISH]) expect(Object.keys(dict.kind).filter((kind) => kind !== 'unknown').sort()).toEqual([...kinds].sort())
  })

  it('name every field that many people edit', () => {
    const named = (dict: Words) => Object.entries(FORMS).flatMap(([shape, forms]) => Object.keys(forms).map((name) => fieldName([name], dict, shape as SharedName)))
    for (const dict of [{ ...ko, ...koShared }, { ...en, ...enShared }]) expect(named(dict)).not.toContain(dict.field.unknown)
  })
})

describe('components', () => {
  const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'))

  it.each(files)('%s holds no text of its own', (file) => {
    expect(ownTexts(readFileSync(join(ui, file), 'utf8'))).toEqual([])
  })

  it('are really looked through', () => {
    expect(ownTexts('<p>Hello {name}</p>')).toEqual(['Hello'])
    expect(ownTexts('<b aria-label="닫기"></b>')).toEqual(['닫기'])
    expect(ownTexts("<p>{isOn ? '켜짐' : t().off}</p>")).toEqual(['켜짐'])
    expect(ownTexts('<p class="flex">{t().x} · {a > b ? 1 : 2}</p>')).toEqual([])
  })

  it.each(files)('%s sets no style attribute and no raw markup, which the policy forbids', (file) => {
    const source = readFileSync(join(ui, file), 'utf8')
    expect(source).not.toMatch(/\sstyle="/)
    expect(source).not.toContain('{@html')
  })
})

/** Words a component shows without the catalogue: text between tags, spoken attributes, Hangul anywhere. */
function ownTexts(source: string): string[] {
  const markup = source
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
  const spoken = [...markup.matchAll(/\s(?:aria-label|title|alt|placeholder)="([^"{]*[A-Za-z가-힣][^"{]*)"/g)]
  const hangul = [...markup.matchAll(/'([^'\n]*[가-힣][^'\n]*)'/g)]
  const texts = withoutBraces(markup)
    .replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[A-Za-z가-힣]{2}/.test(line))
  return [...texts, ...spoken.map((match) => match[1] ?? ''), ...hangul.map((match) => match[1] ?? '')]
}

function withoutBraces(markup: string): string {
  let depth = 0
  let kept = ''
  for (const letter of markup) {
    if (letter === '{') depth += 1
    if (depth === 0) kept += letter
    if (letter === '}') depth -= 1
  }
  return kept
}

describe('dates and numbers', () => {
  const now = Date.parse('2026-11-24T03:31:00Z')

  it('writes days as people do', () => {
    expect(format.longDay('2026-11-23', seoul)).toBe('2026. 11. 23. (월)')
    expect(format.shortDay('2026-11-23', '2026-11-24', seoul)).toBe('11. 23. (월)')
    expect(format.shortDay('2025-12-31', '2026-11-24', seoul)).toBe('2025. 12. 31. (수)')
    expect(format.longDay('2026-11-23', english)).toBe('Mon, 23 Nov 2026')
    expect(format.nearDay('2026-11-25', '2026-11-24', seoul)).toBe('내일')
    expect(format.nearDay('2026-11-23', '2026-11-24', english)).toBe('Yesterday')
  })

  it('counts days where the organization does', () => {
    expect(format.dayOf('2026-11-23T15:30:00Z', 'Asia/Seoul')).toBe('2026-11-24')
    expect(format.dayOf('2026-11-23T15:30:00Z', 'UTC')).toBe('2026-11-23')
    expect(format.clock('2026-11-24T12:31:00.123+09:00', seoul)).toBe('12:31')
  })

  it('adds days and months without falling off the end', () => {
    expect(format.addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(format.addMonth('2026-01-31')).toBe('2026-02-28')
    expect(format.addMonth('2026-12-15')).toBe('2027-01-15')
    expect(format.daysBetween('2026-11-24', '2026-12-01')).toBe(7)
  })

  it('gives a bare time only for today', () => {
    expect(format.moment('2026-11-24T03:02:00Z', now, seoul)).toBe('12:02')
    expect(format.moment('2026-11-23T03:02:00Z', now, seoul)).toBe('어제 12:02')
    expect(format.moment('2026-11-20T03:02:00Z', now, english)).toBe('Fri 20 Nov 12:02')
  })

  it('tells how long ago', () => {
    expect(format.ago('2026-11-24T03:30:40Z', now, seoul)).toBe('방금')
    expect(format.ago('2026-11-24T03:28:00Z', now, seoul)).toBe('3분 전')
    expect(format.ago('2026-11-24T01:00:00Z', now, english)).toBe('2 hr ago')
    expect(format.ago('2026-11-22T01:00:00Z', now, seoul)).toBe('11. 22. (일) 10:00')
  })

  it('writes distances, lengths and sizes', () => {
    expect(format.distance(120, seoul)).toBe('120m')
    expect(format.distance(1240, english)).toBe('1.2 km')
    expect(format.minutesLong(80, seoul)).toBe('1시간 20분')
    expect(format.minutesLong(60, english)).toBe('1 h')
    expect(format.bytes(12_400_000, seoul)).toBe('12MB')
    expect(format.count(12345, seoul)).toBe('12,345')
  })
})
