import { PARTS } from '../shapes/contact'
import type { SharedName } from '../shapes/shared'
import type { Words } from './words/shared.svelte'

/** Names of the rows that fields point to. */
export interface Names {
  territory(id: string): string | undefined
  site(id: string): string | undefined
  theme(id: string): string | undefined
  product(id: string): string | undefined
}

interface Speaker {
  distance(metres: number): string
}

const PLACE = ['latitude', 'longitude']
const ACCESS = ['gate', 'parking', 'registration', 'loading', 'lunch'] as const

/** The name of a field, or of the fields that are one thing together. A few mean something else for some nouns. */
export function fieldName(names: readonly string[], { field, fieldOf, access }: Words, shape?: SharedName): string {
  const [first = ''] = names
  if (shape === 'need' && Object.hasOwn(fieldOf.need, first)) return fieldOf.need[first as keyof Words['fieldOf']['need']]
  if (PLACE.includes(first)) return field.place
  const note = ACCESS.find((known) => first === `access_${known}`)
  if (note !== undefined) return field.access(access[note])
  const word = Object.hasOwn(field, first) ? field[first as keyof Words['field']] : field.unknown
  return typeof word === 'string' ? word : field.unknown
}

/** Five decimals are a metre. */
function degrees(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(5) : ''
}

/** A value as a person reads it; the values of fields that are one thing together stand as one. */
export function valueWords(names: readonly string[], values: readonly unknown[], dict: Words, say: Speaker, rows: Names): string {
  const [name = ''] = names
  const [value] = values
  if (value === null || value === undefined || value === '') return dict.field.empty
  if (PLACE.includes(name)) return values.map(degrees).filter(Boolean).join(', ')
  if (name === 'territory') return rows.territory(String(value)) ?? dict.field.unknown
  if (name === 'site') return rows.site(String(value)) ?? dict.field.unknown
  if (name === 'theme') return rows.theme(String(value)) ?? dict.field.unknown
  if (name === 'product') return rows.product(String(value)) ?? dict.field.unknown
  if (name === 'geofence_m' && typeof value === 'number') return say.distance(value)
  const part = name === 'part' ? PARTS.find((known) => known === value) : undefined
  return part ? dict.part[part] : String(value)
}
