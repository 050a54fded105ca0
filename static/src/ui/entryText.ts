import { CHOICES } from '../shapes/conflict'
import { formOf, SHARED_NAMES, type SharedName } from '../shapes/shared'
import { ANSWERS } from '../shapes/answer'
import { REPLY_ANSWERS } from '../shapes/reply'
import { REVIEWS, WAITS_FOR } from '../shapes/step'
import { OUTCOMES } from '../shapes/visit'
import { SIGNS } from '../shapes/voice'
import { fieldName } from './fieldWords'
import type { Words } from './words/shared.svelte'

type Args = Readonly<Record<string, unknown>>

const VALUES = [...ANSWERS, ...REPLY_ANSWERS]

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

const PLAIN_TEXTS = [
  ...(['name', 'serial', 'tag', 'note', 'notes', 'text', 'plan_note', 'reason', 'line', 'customer_text'] as const),
  ...(['resolution', 'countermeasure', 'answer'] as const),
] as const
type PlainText = (typeof PLAIN_TEXTS)[number]

const MOST: Readonly<Record<PlainText, number>> = {
  name: 80,
  serial: 80,
  tag: 40,
  note: 4000,
  notes: 4000,
  text: 2000,
  plan_note: 500,
  reason: 500,
  line: 500,
  customer_text: 1000,
  resolution: 4000,
  countermeasure: 4000,
  answer: 4000,
}

/** Where a noun takes another length than most. */
const MOST_OF: Readonly<Record<string, Partial<Record<PlainText, number>>>> = {
  asset: { name: 120 },
  conflict: { note: 2000 },
  need: { note: 500, text: 4000 },
  voice: { text: 4000 },
  question: { text: 500 },
  joining: { note: 500 },
  reply: { text: 1000 },
  ticket: { text: 4000, note: 500 },
  message: { text: 4000 },
  help: { text: 1000 },
  cause: { text: 4000 },
}

/** The answer to a call for help is words; elsewhere an answer is a row. */
function isWritten(kind: string, name: PlainText): boolean {
  return name !== 'answer' || kind === 'help.answer'
}

/** The texts a person wrote into an entry that is no edit, with their length. */
export function plainTexts({ kind, args }: Said): { name: PlainText; max: number }[] {
  const most = { ...MOST, ...MOST_OF[kind.slice(0, kind.indexOf('.'))] }
  return PLAIN_TEXTS.filter((name) => Object.hasOwn(args, name) && isWritten(kind, name)).map((name) => ({ name, max: most[name] }))
}

function editText(shape: SharedName, { kind, args }: Said, dict: Words): string {
  const texts = new Set(textFields({ kind, args }).map(({ name }) => name))
  const names = Object.keys(args).filter((name) => name !== shape && name !== 'longitude')
  const told = (name: string) => (args[name] === '' ? dict.field.empty : String(args[name]))
  return names.map((name) => (texts.has(name) ? `${fieldName([name], dict, shape)}: ${told(name)}` : fieldName([name], dict, shape))).join(' · ')
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
  const sign = SIGNS.find((known) => known === args.sign)
  const value = VALUES.find((known) => known === args.value)
  const waitsFor = WAITS_FOR.find((known) => known === args.waits_for)
  const review = REVIEWS.find((known) => known === args.review)
  const chosen = [
    outcome && dict.outcome[outcome],
    sign && dict.sign[sign],
    value && dict.value[value],
    waitsFor && dict.waitsFor[waitsFor],
    review && dict.review[review],
  ]
  const texts = PLAIN_TEXTS.filter((name) => isWritten(kind, name)).map((key) => args[key])
  return [...chosen, ...texts, args.planned_for, args.due_on]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' · ')
}

/** What the sheet for correcting can change. */
const CORRECTABLE = [
  'outcome',
  'contact',
  'product',
  'minutes',
  'planned_for',
  'planned_time',
  'due_on',
  'next_step',
]

/** Whether it says what a need is about; of a theme's own entry the theme is no choice. */
export function saysTheme({ kind, args }: Said): boolean {
  return Object.hasOwn(args, 'theme') && !kind.startsWith('theme.')
}

/** Whether there is anything in an entry that a person could put right; an arrival, for one, is what it is. */
export function canBeCorrected({ kind, args }: Said, field: unknown): boolean {
  if (saysTheme({ kind, args })) return true
  if (editedShape(kind) !== undefined) return textFields({ kind, args }).length > 0
  if ((field === 'customer' || field === 'site') && Object.hasOwn(args, 'customer')) return true
  if (plainTexts({ kind, args }).length > 0) return true
  return CORRECTABLE.some((key) => Object.hasOwn(args, key))
}
