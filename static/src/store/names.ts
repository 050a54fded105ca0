import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import type { Fields } from '../shapes/fields'
import type { ShapeName } from '../shapes/row'

/** Names of the rows that the words of entries point to. */
export interface KnownNames {
  all: ReadonlyMap<string, string>
  /** the customer an entry concerns, where this phone holds what it speaks of */
  customerOf(args: Fields): string | undefined
}

const NAMED = ['customer', 'site', 'contact', 'product', 'territory'] as const
/** Rows without a name of their own go by their customer's. */
const OWNED = ['visit', 'commitment', 'conflict'] as const

function idsAt(args: readonly Fields[], key: ShapeName): string[] {
  return args.flatMap((one) => (typeof one[key] === 'string' ? [one[key]] : []))
}

export async function namesOf(db: Phone, args: readonly Fields[]): Promise<KnownNames> {
  const owners = new Map<string, string>()
  for (const key of OWNED) for (const [id, row] of await byId(db, key, idsAt(args, key))) owners.set(id, row.customer)
  for (const key of ['site', 'contact'] as const) {
    for (const [id, row] of await byId(db, key, idsAt(args, key))) owners.set(id, row.customer)
  }
  const all = new Map<string, string>()
  for (const key of NAMED) for (const [id, row] of await byId(db, key, idsAt(args, key))) all.set(id, row.name)
  const customers = await byId(db, 'customer', [...owners.values()])
  for (const key of OWNED) {
    for (const id of idsAt(args, key)) {
      const name = customers.get(owners.get(id) ?? '')?.name
      if (name !== undefined) all.set(id, name)
    }
  }
  const ownerOf = (one: Fields) => [...OWNED, 'site', 'contact'].map((key) => owners.get(String(one[key]))).find((id) => id !== undefined)
  return {
    all,
    customerOf: (one) => all.get(String(one.customer)) ?? customers.get(ownerOf(one) ?? '')?.name,
  }
}
