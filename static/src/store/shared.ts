import { assetsOfCustomer } from '../db/assets'
import { contactsOfCustomer, sitesOfCustomer } from '../db/customers'
import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import type { Asset } from '../shapes/asset'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Shapes } from '../shapes/row'
import type { SharedName } from '../shapes/shared'
import type { Site } from '../shapes/site'
import { byName } from './order'
import { over } from './over'
import { rowsOf } from '../overlay/lay'
import type { Projection } from './projection'

type Laid = Pick<Projection, 'overlay'>

/** Rows of customers by id, with what is pending laid over them: what it makes is there, what it removes is not. */
export async function shownById<Name extends SharedName>(
  db: Phone,
  { overlay }: Laid,
  name: Name,
  ids: readonly string[],
): Promise<Map<string, Shapes[Name]>> {
  const rows = await byId(db, name, ids)
  const changed: ReadonlyMap<string, Shapes[Name]> = rowsOf(overlay, name)
  for (const id of ids) {
    const row = changed.get(id)
    if (row !== undefined) rows.set(id, row)
    if (row !== undefined && isRemoved(row)) rows.delete(id)
  }
  return rows
}

function isRemoved(row: Shapes[SharedName]): boolean {
  return 'is_removed' in row && row.is_removed
}

export async function shownCustomers(db: Phone, laid: Laid, ids: readonly string[]): Promise<Map<string, Customer>> {
  return shownById(db, laid, 'customer', ids)
}

export async function sitesAt(db: Phone, { overlay }: Laid, customer: string): Promise<Site[]> {
  return over(await sitesOfCustomer(db, customer), overlay.site, (row) => row.customer === customer)
}

export async function contactsAt(db: Phone, { overlay }: Laid, customer: string): Promise<Contact[]> {
  return over(await contactsOfCustomer(db, customer), overlay.contact, (row) => row.customer === customer)
}

/** In the order of their names; those that have none come first, by their numbers. */
export async function assetsAt(db: Phone, { overlay }: Laid, customer: string): Promise<Asset[]> {
  const rows = over(await assetsOfCustomer(db, customer), overlay.asset, (row) => row.customer === customer && !row.is_removed)
  return rows.sort(byName)
}
