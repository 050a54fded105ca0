import { choice, choiceOrNull, text, textOrNull, texts, type Fields } from './fields'
import { SHARED_NAMES, type SharedName } from './shared'

export const CHOICES = ['keep', 'replace', 'note'] as const
/** keep: what the row holds stays. replace: the value aside goes back in. note: a memo tells of both. */
export type Choice = (typeof CHOICES)[number]

/** Two people set the same field to different values, neither having seen the other's. Values in the order of `names`. */
export interface Conflict {
  id: string
  customer: string
  shape: SharedName
  row: string
  names: string[]
  base: unknown[]
  mine: unknown[]
  theirs: unknown[]
  /** whose value the row took: that of `member`, who came later, or the former one */
  kept: 'mine' | 'theirs'
  member: string
  their_member: string | null
  theirs_at: string | null
  made_at: string
  received_at: string
  choice: Choice | null
  resolved_by: string | null
  closed_at: string | null
}

function values(f: Fields, key: string): unknown[] {
  const value = f[key]
  return Array.isArray(value) ? value : []
}

export function readConflict(id: string, f: Fields): Conflict {
  return {
    id,
    customer: text(f, 'customer'),
    shape: choice(f, 'shape', SHARED_NAMES, 'customer'),
    row: text(f, 'row'),
    names: texts(f, 'names'),
    base: values(f, 'base'),
    mine: values(f, 'mine'),
    theirs: values(f, 'theirs'),
    kept: choice(f, 'kept', ['mine', 'theirs'], 'mine'),
    member: text(f, 'member'),
    their_member: textOrNull(f, 'their_member'),
    theirs_at: textOrNull(f, 'theirs_at'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
    choice: choiceOrNull(f, 'choice', CHOICES),
    resolved_by: textOrNull(f, 'resolved_by'),
    closed_at: textOrNull(f, 'closed_at'),
  }
}

/** The value the row took when the two met. */
export function keptValue({ kept, mine, theirs }: Conflict): unknown[] {
  return kept === 'mine' ? mine : theirs
}

/** The value the row does not hold. */
export function asideValue({ kept, mine, theirs }: Conflict): unknown[] {
  return kept === 'mine' ? theirs : mine
}

/** The row whose memo tells of both values: a need has one of its own, all else goes to the customer's. */
export function noted({ shape, row, customer }: Conflict): { shape: 'need' | 'customer'; row: string } {
  return shape === 'need' ? { shape, row } : { shape: 'customer', row: customer }
}
