import type { Phone } from '../db/schema'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import type { Stage } from '../shapes/need'
import { hold } from './office'

const THEN = { made_at: '2026-11-20T10:00:00.000+09:00', received_at: '2026-11-20T01:00:05.000Z' }

type Part = Fields & { id?: string }

/** A moment so many days after the rows here were written. */
export function daysLater(days: number): { made_at: string; received_at: string } {
  const at = new Date(Date.parse(THEN.received_at) + days * 86_400_000).toISOString()
  return { made_at: at, received_at: at }
}

export async function holdNeed(db: Phone, { id = newId(), ...part }: Part & { customer: string; member: string; stage?: Stage }): Promise<string> {
  const { stage } = part
  const texts = { title: '', theme: null, product: null, memo: '', answer: '', customer_text: '' }
  const passed = { event: 'stage', stage, other: null, member: null, customer: null, reason: '', made_at: THEN.made_at }
  const f = { ...texts, stage: 'heard', owner: null, merged_into: null, milestones: stage === undefined ? [] : [passed], ...THEN }
  return hold(db, 'need', id, { ...f, ...part })
}

export async function holdVoice(db: Phone, { id = newId(), ...part }: Part & { customer: string; member: string; need: string | null }): Promise<string> {
  const where = { site: null, visit: null, contact: null, product: null }
  const f = { ...where, text: '펌프 소리가 커요', how: 'said', sign: null, importance: null, amended_at: null, withdrawn_at: null, flags: [], ...THEN }
  return hold(db, 'voice', id, { ...f, ...part })
}

/** What the server added up of a need. */
export async function holdTally(db: Phone, need: string, part: Fields): Promise<string> {
  const counts = { voices: 1, customers: 1, reporters: 1, importance: 1, recency: 1, heard_at: THEN.received_at, observations: 0, witnesses: [] }
  return hold(db, 'tally', need, { ...counts, to_tell: 0, told: 0, solved: 0, not_yet: 0, alike: [], ...part })
}

export async function holdReply(db: Phone, { id = newId(), ...part }: Part & { need: string; customer: string; member: string }): Promise<string> {
  const f = { stage: 'built', commitment: null, text: '이제 조용해요.', state: 'to_tell', told_at: null, told_by: null, visit: null, contact: null, line: '', answered_at: null, ...THEN }
  return hold(db, 'reply', id, { ...f, ...part })
}

export async function holdQuestion(db: Phone, { id = newId(), ...part }: Part & { need: string; member: string }): Promise<string> {
  return hold(db, 'question', id, { text: '매일 쓰시나요?', withdrawn_at: null, asked: 1, yes: 0, no: 0, unknown: 0, ...THEN, ...part })
}

export async function holdAsking(db: Phone, { id = newId(), ...part }: Part & { question: string; need: string; customer: string; member: string }): Promise<string> {
  return hold(db, 'asking', id, { text: '매일 쓰시나요?', closed_at: null, ...part })
}

export async function holdJoining(db: Phone, { id = newId(), ...part }: Part & { visit: string; member: string }): Promise<string> {
  return hold(db, 'joining', id, { need: null, note: '', state: 'asked', answered_at: null, answer_note: '', ...THEN, ...part })
}

export async function holdNotification(db: Phone, { id = newId(), ...part }: Part & { member: string }): Promise<string> {
  const f = { event: 'need.stage', params: {}, shape: 'need', row: newId(), made_at: THEN.received_at, read_at: null }
  return hold(db, 'notification', id, { ...f, ...part })
}
