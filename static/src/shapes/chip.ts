import { choice, number, text, type Fields } from './fields'

export const SORTS = ['category', 'cause', 'fix'] as const
export type Sort = (typeof SORTS)[number]

/** What is tapped instead of typed: a category of tickets, why one happened, or what mended it. */
export interface Chip {
  id: string
  sort: Sort
  name: string
  /** where it stands among those of its sort */
  place: number
}

export function readChip(id: string, f: Fields): Chip {
  return { id, sort: choice(f, 'sort', SORTS, 'category'), name: text(f, 'name'), place: number(f, 'place') }
}
