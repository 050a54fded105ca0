import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import { isFields, type Fields } from '../shapes/fields'
import { assetName } from '../shapes/asset'
import type { ShapeName } from '../shapes/row'

/** Names of the rows that the words of entries point to. */
export interface KnownNames {
  all: ReadonlyMap<string, string>
  /** the customer an entry concerns, where this phone holds what it speaks of */
  customerOf(args: Fields): string | undefined
}

const NAMED = ['customer', 'site', 'contact', 'product', 'territory', 'theme', 'chip'] as const
/** What belongs to a customer and has a name of its own. */
const PARTS = ['site', 'contact', 'asset'] as const
/** Rows without a name of their own go by their customer's; a need does until it has a title. */
const OWNED = ['visit', 'commitment', 'conflict', 'need', 'voice', 'asking', 'reply', 'ticket', 'cause'] as const
/** Arguments that name a row otherwise than by its noun. */
const ALSO: Partial<Record<ShapeName, readonly string[]>> = {
  need: ['need', 'into'],
  member: ['owner', 'assignee', 'engineer'],
  chip: ['chip', 'category', 'cause_chip', 'fix_chip'],
  ticket: ['ticket', 'part_of', 'other'],
  cause: ['cause', 'again'],
}

/** The customers a question is asked of stand in a list. */
function listed(args: readonly Fields[], key: ShapeName): Fields[] {
  return key === 'customer' ? args.flatMap((one) => (Array.isArray(one.customers) ? one.customers.filter(isFields) : [])) : []
}

function idsAt(args: readonly Fields[], key: ShapeName): string[] {
  const keys = ALSO[key] ?? [key]
  return [...args, ...listed(args, key)].flatMap((one) => keys.flatMap((name) => (typeof one[name] === 'string' ? [one[name]] : [])))
}

export async function namesOf(db: Phone, args: readonly Fields[]): Promise<KnownNames> {
  const all = new Map<string, string>()
  const owners = new Map<string, string>()
  for (const key of [...OWNED, ...PARTS] as const) {
    for (const [id, row] of await byId(db, key, idsAt(args, key))) owners.set(id, row.customer)
  }
  for (const key of [...NAMED, 'member'] as const) for (const [id, row] of await byId(db, key, idsAt(args, key))) all.set(id, row.name)
  const customers = await byId(db, 'customer', [...owners.values()])
  for (const key of OWNED) {
    for (const id of idsAt(args, key)) {
      const name = customers.get(owners.get(id) ?? '')?.name
      if (name !== undefined) all.set(id, name)
    }
  }
  for (const [id, row] of await byId(db, 'asset', idsAt(args, 'asset'))) all.set(id, assetName(row))
  for (const [id, row] of await byId(db, 'need', idsAt(args, 'need'))) if (row.title !== '') all.set(id, row.title)
  const ownerOf = (one: Fields) => [...OWNED, ...PARTS].map((key) => owners.get(String(one[key]))).find((id) => id !== undefined)
  return {
    all,
    customerOf: (one) => all.get(String(one.customer)) ?? customers.get(ownerOf(one) ?? '')?.name,
  }
}
