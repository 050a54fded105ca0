/** The form of one field of an input. Lengths are in characters, as the server counts them. */
export type FieldForm =
  /** name: trimmed. text: as it was written. */
  | { form: 'name' | 'text' | 'email'; max: number; isNeeded?: true }
  | { form: 'whole'; min: number; max: number }
  | { form: 'degrees'; most: number }
  | { form: 'id'; isNeeded?: true }
  | { form: 'choice'; choices: readonly string[] }

export interface Taken {
  value: unknown
}

// What Python's strip() takes off. JavaScript's trim() leaves five of them and takes one more.
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g')
const UNSTORABLE = /[\0-\x08\x0b-\x1f]|\p{Surrogate}/u
const BIDI = /[\u202a-\u202e\u2066-\u2069]/
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const LOCAL = /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*$/i
const DOMAIN = /^((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+)(?:[a-z0-9-]{2,63}(?<!-))$/i

export function strip(value: string): string {
  return value.replace(OUTER_SPACE, '')
}

/** In characters: an emoji is one, although JavaScript counts two. */
export function lengthOf(value: string): number {
  return [...value].length
}

function takeText(form: 'name' | 'text', { max, isNeeded }: { max: number; isNeeded?: true }, value: unknown): Taken | undefined {
  if (typeof value !== 'string') return undefined
  const kept = form === 'name' ? strip(value) : value
  if (kept === '') return isNeeded ? undefined : { value: '' }
  if (UNSTORABLE.test(kept) || (form === 'text' && BIDI.test(kept))) return undefined
  const composed = kept.normalize('NFC')
  return lengthOf(composed) > max ? undefined : { value: composed }
}

function takeEmail(max: number, value: unknown): Taken | undefined {
  if (typeof value !== 'string') return undefined
  const kept = strip(value)
  const at = kept.lastIndexOf('@')
  const isAddress = LOCAL.test(kept.slice(0, Math.max(at, 0))) && DOMAIN.test(kept.slice(at + 1))
  return kept === '' || (isAddress && lengthOf(kept) <= max) ? { value: kept } : undefined
}

function takeId(isNeeded: boolean, value: unknown): Taken | undefined {
  if (value === null) return isNeeded ? undefined : { value: null }
  return typeof value === 'string' && ID.test(value) ? { value: value.toLowerCase() } : undefined
}

function isBetween(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max
}

/** A value as the server's input would store it; undefined when it refuses it. */
export function take(form: FieldForm, value: unknown): Taken | undefined {
  switch (form.form) {
    case 'name':
      return takeText('name', form, value)
    case 'text':
      return takeText('text', form, value)
    case 'email':
      return takeEmail(form.max, value)
    case 'whole':
      return isBetween(value, form.min, form.max) && Number.isInteger(value) ? { value } : undefined
    case 'degrees':
      return value === null || isBetween(value, -form.most, form.most) ? { value } : undefined
    case 'id':
      return takeId(form.isNeeded === true, value)
    case 'choice':
      return typeof value === 'string' && form.choices.includes(value) ? { value } : undefined
  }
}
