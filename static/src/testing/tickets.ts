import type { Phone } from '../db/schema'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import { hold } from './office'

const THEN = { made_at: '2026-11-20T10:00:00.000+09:00', received_at: '2026-11-20T01:00:05.000Z' }
const COUNTS = '2026-11-20T01:00:00.000Z'

type Part = Fields & { id?: string }

const ABOUT = { site: null, asset: null, product: null, contact: null, visit: null, category: null, part_of: null }
const UNSOLVED = { cause_chip: null, fix_chip: null, resolution: '', solved_by: null, solved_at: null, is_solved_on_visit: false }
const UNPROMISED = {
  response_due_at: null,
  response_at: null,
  response_verdict: null,
  resolution_due_at: null,
  resolution_left_s: null,
  resolution_verdict: null,
  is_in_review: false,
}

/** One line of what happened to a ticket. */
export function step(event: string, part: Fields = {}): Fields {
  const nothing = { member: null, assignee: null, waits_for: null, note: '', skew_s: 0, is_in_review: false, review: null, reviewed_by: null }
  return { id: newId(), event, counts_at: COUNTS, ...nothing, ...THEN, ...part }
}

export async function holdTicket(db: Phone, { id = newId(), ...part }: Part & { customer: string; member: string }): Promise<string> {
  const ties = { watchers: [], links: [], flags: [], alarms: [], skew_s: 0, withdrawn_at: null, cause: null, is_recurrence: false }
  const f = { ...ABOUT, ...UNSOLVED, ...UNPROMISED, ...ties, text: '펌프에서 소리가 나요', severity: 'normal', state: 'open', waits_for: null, assignee: null }
  return hold(db, 'ticket', id, { ...f, steps: [step('opened', { member: part.member })], ...THEN, ...part })
}

/** One that somebody solved. */
export async function holdSolved(db: Phone, part: Part & { customer: string; member: string }): Promise<string> {
  const solution = { state: 'solved', solved_by: part.member, solved_at: COUNTS, resolution: '베어링을 갈았어요' }
  return holdTicket(db, { ...solution, ...part })
}

export async function holdCause(db: Phone, { id = newId(), ...part }: Part & { customer: string; member: string }): Promise<string> {
  const why = { chip: null, text: '기름이 말랐어요', countermeasure: '매달 기름을 칩니다' }
  const window = { state: 'watching', finding_due_on: null, watch_from: '2026-11-20', watch_until: '2027-02-18', recurrences: 0, last_recurred_on: null }
  return hold(db, 'cause', id, { site: null, asset: null, ...why, ...window, ...THEN, ...part })
}

export async function holdChip(db: Phone, sort: string, name: string, place = 0): Promise<string> {
  return hold(db, 'chip', newId(), { sort, name, place })
}

export async function holdSite(db: Phone, customer: string, part: Fields = {}): Promise<string> {
  return hold(db, 'site', newId(), { customer, name: '공장', latitude: null, longitude: null, geofence_m: 150, ...part })
}

export async function holdAsset(db: Phone, customer: string, name: string): Promise<string> {
  return hold(db, 'asset', newId(), { customer, site: null, product: null, name, serial: '', tag: '', notes: '' })
}

export async function holdHelp(db: Phone, { id = newId(), ...part }: Part & { ticket: string; member: string; engineer: string }): Promise<string> {
  const open = { text: '이 소리가 무엇일까요?', answer: '', answered_by: null, answered_at: null, withdrawn_at: null }
  return hold(db, 'help', id, { ...open, ...THEN, ...part })
}
