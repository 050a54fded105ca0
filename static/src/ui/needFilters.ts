import type { NeedFilter as Wanted, NeedOrder } from '../store/needs/filter'

/** How the list of needs is looked at. */
export const VIEWS = ['inbox', 'stages', 'themes', 'products', 'observations'] as const
export type View = (typeof VIEWS)[number]

/** What of them is shown, and in which order. */
export interface NeedFilter extends Wanted {
  order?: NeedOrder
}

/** A filter that somebody gave a name. */
export interface SavedFilter {
  name: string
  view: View
  filter: NeedFilter
}

export function isFiltered({ theme, product, stage, owner, text }: NeedFilter): boolean {
  return [theme, product, stage, owner].some((value) => value !== undefined) || (text ?? '').trim() !== ''
}

/** The same filter with one part of it changed; without a value that part is let go. */
export function withPart<K extends keyof NeedFilter>(filter: NeedFilter, part: K, value: NeedFilter[K] | undefined): NeedFilter {
  const { [part]: _former, ...rest } = filter
  return value === undefined || value === '' ? (rest as NeedFilter) : { ...(rest as NeedFilter), [part]: value }
}
