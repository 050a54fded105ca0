import { OUTCOMES } from '../shapes/visit'
import type { Dict } from './words/ko'

type Args = Readonly<Record<string, unknown>>

/** What the person wrote, so that an entry can be told from the next one. */
export function entryText(args: Args, { outcome: outcomes }: Dict): string {
  const outcome = OUTCOMES.find((known) => known === args.outcome)
  const written = ['note', 'text', 'plan_note', 'reason'].map((key) => args[key])
  return [outcome && outcomes[outcome], ...written, args.planned_for, args.due_on]
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
export function canBeCorrected(args: Args, field: unknown): boolean {
  if ((field === 'customer' || field === 'site') && Object.hasOwn(args, 'customer')) return true
  return CORRECTABLE.some((key) => Object.hasOwn(args, key))
}
