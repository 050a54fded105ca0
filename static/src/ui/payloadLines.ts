import { CHOICES } from '../shapes/conflict'
import { isFields, type Fields } from '../shapes/fields'
import type { SharedName } from '../shapes/shared'
import { editedShape } from './entryText'
import { fieldName, valueWords } from './fieldWords'
import type { Words } from './words/shared.svelte'

/** One word of an entry as a person reads it. */
export interface PayloadLine {
  key: string
  label: string
  value: string
}

interface Speaker {
  longDay(day: string): string
  minutes(n: number): string
  distance(metres: number): string
}

export interface Terms {
  dict: Words
  /** the words for the names of arguments */
  field: Readonly<Record<string, string>>
  say: Speaker
  /** for a row this phone does not hold */
  notHere: string
  names: ReadonlyMap<string, string>
}

/** Numbers of rows that say nothing to a person where the row has no name. */
const NAMELESS = [
  'asset',
  'visit',
  'commitment',
  'comment',
  'conflict',
  'entry',
  'need',
  'voice',
  'question',
  'asking',
  'answer',
  'joining',
  'reply',
  'notification',
  'until',
  'ticket',
  'message',
  'help',
  'cause',
]
/** Of these kinds such a word is what somebody wrote, or a number that has no name anywhere. */
const WRITTEN: Readonly<Record<string, string>> = { 'help.answer': 'answer' }
const NUMBERED: Readonly<Record<string, string>> = { 'ticket.review': 'step' }
const NAMED = [
  ...['customer', 'site', 'contact', 'product', 'territory', 'theme', 'into', 'owner'],
  ...['asset', 'assignee', 'engineer', 'category', 'cause_chip', 'fix_chip', 'chip', 'part_of', 'other', 'again'],
]
const DAYS = ['planned_for', 'due_on', 'watch_until']

function chosen(key: string, value: string, { outcome, step, channel, how, sign, value: answer, conflict, ...words }: Words): string | undefined {
  const { severity, waitsFor: waits_for, audience, review } = words
  const choices = { keep: conflict.keep, replace: conflict.replaced, note: conflict.note }
  if (key === 'choice') return CHOICES.some((known) => known === value) ? choices[value as keyof typeof choices] : undefined
  const table: Readonly<Record<string, string>> | undefined = { outcome, step, channel, how, sign, value: answer, severity, waits_for, audience, review }[key]
  return table !== undefined && Object.hasOwn(table, value) ? table[value] : undefined
}

function placeWords({ latitude, longitude, accuracy }: Fields, { say }: Terms): string {
  const [north, east] = [latitude, longitude].map((value) => (typeof value === 'number' ? value.toFixed(5) : ''))
  const within = typeof accuracy === 'number' ? ` (±${say.distance(accuracy)})` : ''
  return `${[north, east].filter(Boolean).join(', ')}${within}`
}

function valueOf(key: string, value: unknown, terms: Terms): string {
  const { dict, say, names, notHere } = terms
  if ((key === 'owner' || key === 'assignee') && value === null) return dict.owner.nobody
  if (value === null || value === '') return dict.field.empty
  if (key === 'customers' && Array.isArray(value)) return value.filter(isFields).map((one) => names.get(String(one.customer)) ?? notHere).join(', ')
  if (key === 'position' && isFields(value)) return placeWords(value, terms)
  if (typeof value === 'boolean') return value ? dict.value.yes : dict.value.no
  if (key === 'minutes' && typeof value === 'number') return say.minutes(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (NAMED.includes(key)) return names.get(value) ?? notHere
  if (DAYS.includes(key) && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return say.longDay(value)
  return chosen(key, value, dict) ?? names.get(value) ?? value
}

function editLines(shape: SharedName, args: Fields, { dict, say, names }: Terms): PayloadLine[] {
  const name = (id: string) => names.get(id)
  const rows = { territory: name, site: name, theme: name, product: name, contact: name, asset: name, chip: name, ticket: name }
  const fields = Object.keys(args).filter((key) => key !== shape && key !== 'longitude')
  return fields.map((key) => {
    const values = key === 'latitude' ? [args.latitude, args.longitude] : [args[key]]
    return { key, label: fieldName([key], dict, shape), value: valueWords([key], values, dict, say, rows) }
  })
}

function isShown(kind: string, [key, value]: [string, unknown], names: ReadonlyMap<string, string>): boolean {
  if (NUMBERED[kind] === key) return false
  return WRITTEN[kind] === key || !NAMELESS.includes(key) || (typeof value === 'string' && names.has(value))
}

/** The words of an entry, each with its name; what was done next stands among them. */
export function payloadLines(kind: string, args: Fields, terms: Terms): PayloadLine[] {
  const shape = editedShape(kind)
  const about = (key: string, value: unknown) => ({ key, label: terms.field[key] ?? key, value: valueOf(key, value, terms) })
  if (shape !== undefined) return [about(shape, args[shape]), ...editLines(shape, args, terms)]
  return Object.entries(args)
    .filter((line) => isShown(kind, line, terms.names))
    .flatMap(([key, value]) => {
      if (key === 'next_step' && isFields(value)) return payloadLines('', value, terms).map((line) => ({ ...line, key: `next_step.${line.key}` }))
      return [about(key, value)]
    })
}
