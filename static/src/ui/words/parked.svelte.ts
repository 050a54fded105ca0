import type { Params } from '../../shapes/settled'
import { editedShape } from '../entryText'
import { fieldName } from '../fieldWords'
import { enCodes } from './codes.en'
import { koCodes } from './codes.ko'
import { say } from './index.svelte'
import { ts } from './shared.svelte'

type Codes = typeof koCodes

/** The words for codes of the server, in the language of this moment. */
export function codes(): Codes {
  return say.language === 'ko' ? koCodes : enCodes
}

/** The entry a reason is about, as far as its sentence tells of it. */
interface Told {
  kind?: string
  who?: string
}

/** Why the server put an entry aside, with what the person can do. */
export function parkedSentence(code: string | undefined, params: Params = {}, { kind, who = '' }: Told = {}): string {
  const { parked, field } = codes()
  const sentence = code && Object.hasOwn(parked, code) ? parked[code as keyof Codes['parked']] : parked.unknown
  const name = typeof params.field === 'string' ? lastPart(params.field) : ''
  const isShared = name !== '' && !Object.hasOwn(field, name)
  const known = isShared ? sharedName(name, kind) : field[(name || 'unknown') as keyof Codes['field']]
  const isVisit = kind?.startsWith('visit.') ?? true
  return sentence({ name, field: known, min: numeral(params.min), max: numeral(params.max), who, isVisit })
}

function sharedName(name: string, kind: string | undefined): string {
  const known = fieldName([name], ts(), kind === undefined ? undefined : editedShape(kind))
  return known === ts().field.unknown ? codes().field.unknown : known
}

/** `next_step.due_on` is about the due date. */
function lastPart(path: string): string {
  return path.split('.').at(-1) ?? path
}

function numeral(value: unknown): string {
  return typeof value === 'number' ? say.count(value) : typeof value === 'string' ? value : ''
}
