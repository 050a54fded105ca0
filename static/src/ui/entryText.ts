import { CHOICES } from '../shapes/conflict'
import { formOf, SHARED_NAMES, type SharedName } from '../shapes/shared'
import { OUTCOMES } from '../shapes/visit'
import { fieldName } from './fieldWords'
import type { Words } from './words/shared.svelte'

type Args = Readonly<Record<string, unknown>>

interface Said {
  kind: string
  args: Args
}

/** The noun an entry edits fields of. */
export function editedShape(kind: string): SharedName | undefined {
  return SHARED_NAMES.find((name) => kind === `${name}.change`)
}

/** The fields an edit writes into, those that are texts with their length. */
export function textFields({ kind, args }: Said): { name: string; max: number }[] {
  const shape = editedShape(kind)
  return Object.entries(shape === undefined ? {} : args).flatMap(([name, value]) => {
    const form = formOf(shape as SharedName, name)
    return form !== undefined && 'max' in form && form.form !== 'whole' && typeof value === 'string' ? [{ name, max: form.max }] : []
  })
}

function editText(shape: SharedName, { kind, args }: Said, dict: Words): string {
  const texts = new Set(textFields({ kind, args }).map(({ name }) => name))
  const names = Object.keys(args).filter((name) => name !== shape && name !== 'longitude')
  const told = (name: string) => (args[name] === '' ? dict.field.empty : String(args[name]))
  return names.map((name) => (texts.has(name) ? `${fieldName([name], dict)}: ${told(name)}` : fieldName([name], dict))).join(' · ')
}

function choiceText({ choice, note }: Args, { conflict }: Words): string | undefined {
  const words = { keep: conflict.keep, replace: conflict.replaced, note: conflict.note }
  const known = CHOICES.find((one) => one === choice)
  return known && [words[known], note].filter((part) => typeof part === 'string').join(' · ')
}

/** What the person wrote, so that an entry can be told from the next one. */
export function entryText({ kind, args }: Said, dict: Words): string {
  const shape = editedShape(kind)
  if (shape !== undefined) return editText(shape, { kind, args }, dict)
  const choice = choiceText(args, dict)
  if (choice !== undefined) return choice
  const outcome = OUTCOMES.find((known) => known === args.outcome)
  const written = ['note', 'text', 'plan_note', 'reason'].map((key) => args[key])
  return [outcome && dict.outcome[outcome], ...written, args.planned_for, args.due_on]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' · ')
}

/** What the sheet for correcting can change. */
const CORRECTABLE = [
  'outcome',
  'note',
  'text',
  'plan_note',
  'reason',
  'contact',
  'product',
  'minutes',
  'planned_for',
  'planned_time',
  'due_on',
  'next_step',
]

/** Whether there is anything in an entry that a person could put right; an arrival, for one, is what it is. */
export function canBeCorrected({ kind, args }: Said, field: unknown): boolean {
  if (editedShape(kind) !== undefined) return textFields({ kind, args }).length > 0
  if ((field === 'customer' || field === 'site') && Object.hasOwn(args, 'customer')) return true
  return CORRECTABLE.some((key) => Object.hasOwn(args, key))
}
