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
