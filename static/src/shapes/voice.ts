import { choice, choiceOrNull, isFields, numberOrNull, text, textOrNull, texts, type Fields } from './fields'

export const HOWS = ['said', 'seen', 'inferred'] as const
export type How = (typeof HOWS)[number]

/** What somebody was seen to do, that shows a need without words. */
export const SIGNS = ['workaround', 'repeats', 'waits', 'by_hand', 'gave_up'] as const
export type Sign = (typeof SIGNS)[number]

/** One telling of a need by one customer; with a sign an observation, which may stand without a need. */
export interface Voice {
  id: string
  need: string | null
  customer: string
  site: string | null
  visit: string | null
  contact: string | null
  product: string | null
  member: string
  /** in the customer's own words */
  text: string
  how: How
  sign: Sign | null
  /** 0 to 3; null where it was not said */
  importance: number | null
  amended_at: string | null
  withdrawn_at: string | null
  flags: string[]
  skew_s: number | null
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

export function readVoice(id: string, f: Fields): Voice {
  return {
    id,
    need: textOrNull(f, 'need'),
    customer: text(f, 'customer'),
    site: textOrNull(f, 'site'),
    visit: textOrNull(f, 'visit'),
    contact: textOrNull(f, 'contact'),
    product: textOrNull(f, 'product'),
    member: text(f, 'member'),
    text: text(f, 'text'),
    how: choice(f, 'how', HOWS, 'said'),
    sign: choiceOrNull(f, 'sign', SIGNS),
    importance: numberOrNull(f, 'importance'),
    amended_at: textOrNull(f, 'amended_at'),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    flags: texts(f, 'flags'),
    skew_s: numberOrNull(f, 'skew_s'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

export interface VoicePage {
  voices: Voice[]
  /** where the older ones are */
  next: string | null
}

export function readVoicePage(value: unknown): VoicePage | undefined {
  if (!isFields(value) || !Array.isArray(value.results)) return undefined
  return { voices: value.results.filter(isFields).map((f) => readVoice(text(f, 'id'), f)), next: textOrNull(value, 'next') }
}
