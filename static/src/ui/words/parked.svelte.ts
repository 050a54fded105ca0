import type { Params } from '../../shapes/settled'
import { enCodes } from './codes.en'
import { koCodes } from './codes.ko'
import { say } from './index.svelte'

type Codes = typeof koCodes

/** The words for codes of the server, in the language of this moment. */
export function codes(): Codes {
  return say.language === 'ko' ? koCodes : enCodes
}

/** Why the server put an entry aside, with what the person can do. */
export function parkedSentence(code: string | undefined, params: Params = {}): string {
  const { parked, field } = codes()
  const sentence = code && Object.hasOwn(parked, code) ? parked[code as keyof Codes['parked']] : parked.unknown
  const name = typeof params.field === 'string' ? lastPart(params.field) : ''
  const known = Object.hasOwn(field, name) ? field[name as keyof Codes['field']] : field.unknown
  return sentence({ field: known, min: numeral(params.min), max: numeral(params.max) })
}

/** `next_step.due_on` is about the due date. */
function lastPart(path: string): string {
  return path.split('.').at(-1) ?? path
}

function numeral(value: unknown): string {
  return typeof value === 'number' ? say.count(value) : typeof value === 'string' ? value : ''
}
