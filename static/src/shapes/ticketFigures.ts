import { isFields, number, text, textOrNull, type Fields } from './fields'

/** How many promises of each clock were kept by tickets of one customer, person or cause chip. */
export interface Kept {
  /** null: of none */
  id: string | null
  tickets: number
  response_met: number
  response_missed: number
  resolution_met: number
  resolution_missed: number
}

/** How many tickets there were, and how many of them were the same again. */
export interface Rate {
  /** null: of none */
  id: string | null
  tickets: number
  recurrences: number
}

/** Over a year, of the tickets one sees, without those that were withdrawn; promises in doubt are left out. */
export interface TicketFigures {
  tickets: number
  solved: number
  solved_on_visit: number
  in_review: number
  /** most broken promises first */
  kept_by_customer: Kept[]
  kept_by_member: Kept[]
  kept_by_cause: Kept[]
  /** most recurrences first */
  again_by_cause: Rate[]
  again_by_category: Rate[]
  again_by_product: Rate[]
  again_by_team: Rate[]
  as_of: string
}

function readKept(f: Fields): Kept {
  return {
    id: textOrNull(f, 'id'),
    tickets: number(f, 'tickets'),
    response_met: number(f, 'response_met'),
    response_missed: number(f, 'response_missed'),
    resolution_met: number(f, 'resolution_met'),
    resolution_missed: number(f, 'resolution_missed'),
  }
}

function readRate(f: Fields): Rate {
  return { id: textOrNull(f, 'id'), tickets: number(f, 'tickets'), recurrences: number(f, 'recurrences') }
}

function each<T>(f: Fields, key: string, read: (f: Fields) => T): T[] {
  const rows = f[key]
  return Array.isArray(rows) ? rows.filter(isFields).map(read) : []
}

export function readTicketFigures(value: unknown): TicketFigures | undefined {
  if (!isFields(value) || !Array.isArray(value.kept_by_customer)) return undefined
  return {
    tickets: number(value, 'tickets'),
    solved: number(value, 'solved'),
    solved_on_visit: number(value, 'solved_on_visit'),
    in_review: number(value, 'in_review'),
    kept_by_customer: each(value, 'kept_by_customer', readKept),
    kept_by_member: each(value, 'kept_by_member', readKept),
    kept_by_cause: each(value, 'kept_by_cause', readKept),
    again_by_cause: each(value, 'again_by_cause', readRate),
    again_by_category: each(value, 'again_by_category', readRate),
    again_by_product: each(value, 'again_by_product', readRate),
    again_by_team: each(value, 'again_by_team', readRate),
    as_of: text(value, 'as_of'),
  }
}
