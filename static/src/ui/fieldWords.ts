import { PARTS } from '../shapes/contact'
import type { SharedName } from '../shapes/shared'
import type { Words } from './words/shared.svelte'

/** Names of the rows that fields point to. */
export interface Names {
  territory(id: string): string | undefined
  site(id: string): string | undefined
  theme(id: string): string | undefined
  product(id: string): string | undefined
  contact(id: string): string | undefined
  asset(id: string): string | undefined
  /** of a category, of a cause, of what mended it */
  chip(id: string): string | undefined
  ticket(id: string): string | undefined
}

interface Speaker {
  distance(metres: number): string
}

const PLACE = ['latitude', 'longitude']
/** What was the matter and what was done is said together. */
const SOLUTION: readonly string[] = ['cause_chip', 'fix_chip', 'resolution']
const ACCESS = ['gate', 'parking', 'registration', 'loading', 'lunch'] as const

/** The name of a field, or of the fields that are one thing together. A few mean something else for some nouns. */
export function fieldName(names: readonly string[], { field, fieldOf, access }: Words, shape?: SharedName): string {
  const [first = ''] = names
  const own: Readonly<Record<string, string>> = shape !== undefined && Object.hasOwn(fieldOf, shape) ? fieldOf[shape as keyof Words['fieldOf']] : {}
  if (names.length > 1 && SOLUTION.includes(first)) return field.solution
  if (Object.hasOwn(own, first)) return own[first]!
  if (PLACE.includes(first)) return field.place
  const note = ACCESS.find((known) => first === `access_${known}`)
  if (note !== undefined) return field.access(access[note])
  const word = Object.hasOwn(field, first) ? field[first as keyof Words['field']] : field.unknown
  return typeof word === 'string' ? word : field.unknown
}

/** Fields that point to a row, with what it is. */
const NOUN_OF: Readonly<Record<string, keyof Names>> = {
  territory: 'territory',
  site: 'site',
  theme: 'theme',
  product: 'product',
  contact: 'contact',
  asset: 'asset',
  category: 'chip',
  cause_chip: 'chip',
  fix_chip: 'chip',
  chip: 'chip',
  part_of: 'ticket',
}

/** Five decimals are a metre. */
function degrees(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(5) : ''
}

/** A value as a person reads it; the values of fields that are one thing together stand as one. */
export function valueWords(names: readonly string[], values: readonly unknown[], dict: Words, say: Speaker, rows: Names): string {
  const [name = ''] = names
  const [value] = values
  if (values.length > 1 && SOLUTION.includes(name)) {
    const parts = names.map((one, at) => valueWords([one], [values[at]], dict, say, rows))
    return parts.filter((part) => part !== dict.field.empty).join(' · ') || dict.field.empty
  }
  if (value === null || value === undefined || value === '') return dict.field.empty
  if (PLACE.includes(name)) return values.map(degrees).filter(Boolean).join(', ')
  const noun = NOUN_OF[name]
  if (noun !== undefined) return rows[noun](String(value)) ?? dict.field.unknown
  if (name === 'severity') return Object.hasOwn(dict.severity, String(value)) ? dict.severity[value as keyof Words['severity']] : String(value)
  if (name === 'geofence_m' && typeof value === 'number') return say.distance(value)
  const part = name === 'part' ? PARTS.find((known) => known === value) : undefined
  return part ? dict.part[part] : String(value)
}
