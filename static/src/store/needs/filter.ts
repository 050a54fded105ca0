import type { Stage } from '../../shapes/need'
import { fold, initialsOf, matcher } from '../hangul'
import type { NeedLine } from './lines'
import { heaviestFirst, lastHeardFirst } from './needLines'

export interface NeedFilter {
  /** null: those without one */
  theme?: string | null
  product?: string | null
  stage?: Stage
  /** mine: those I answer for. none: those nobody does */
  owner?: 'mine' | 'none'
  /** in the title, the theme or the product, also by initial consonants */
  text?: string
}

export const NEED_ORDERS = ['weight', 'newest'] as const
export type NeedOrder = (typeof NEED_ORDERS)[number]

const ORDERS: Readonly<Record<NeedOrder, (a: NeedLine, b: NeedLine) => number>> = { weight: heaviestFirst, newest: lastHeardFirst }

/** Whether every word of a query is found in one of some texts. */
export function finder(query: string): (texts: readonly string[]) => boolean {
  const matchers = query.split(/\s+/).map(fold).filter((term) => term !== '').map(matcher)
  return (texts) => {
    const folded = texts.map(fold).map((text) => ({ folded: text, initials: initialsOf(text) }))
    return matchers.every((match) => folded.some((text) => match(text) >= 0))
  }
}

function isOwned({ need }: NeedLine, owner: NeedFilter['owner'], me: string): boolean {
  return owner === undefined || need.owner === (owner === 'mine' ? me : null)
}

/** The lines that pass, in order. */
export function chosen(lines: readonly NeedLine[], filter: NeedFilter, order: NeedOrder, me: string): NeedLine[] {
  const finds = finder(filter.text ?? '')
  const passes = (line: NeedLine) =>
    (filter.theme === undefined || line.need.theme === filter.theme) &&
    (filter.product === undefined || line.need.product === filter.product) &&
    (filter.stage === undefined || line.need.stage === filter.stage) &&
    isOwned(line, filter.owner, me) &&
    finds([line.need.title, line.theme?.name ?? '', line.product?.name ?? ''])
  return lines.filter(passes).sort(ORDERS[order])
}
