import { allRows } from '../db/read'
import type { Phone } from '../db/schema'
import { coverage, editsCustomers } from '../overlay/rights'
import type { Asset } from '../shapes/asset'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Member } from '../shapes/member'
import type { CustomerName } from '../shapes/shared'
import type { Site } from '../shapes/site'
import { liveRead, type Live } from './live'
import { readProjection } from './projection'
import { shownById, shownCustomers, sitesAt } from './shared'

/** A row that is open for editing, as it is shown: with what is pending. */
export interface Editable {
  row: Customer | Site | Contact | Asset
  customer: Customer
  /** of the customer, for choosing the one a person works at, or an asset stands at */
  sites: Site[]
  isAdmin: boolean
  canEdit: boolean
}

/** In which territories a member edits customers. */
export async function editsIn(db: Phone, actor: Member): Promise<(territory: string) => boolean> {
  if (!editsCustomers(actor)) return () => false
  if (actor.is_admin) return () => true
  return coverage(actor, { members: await allRows(db, 'member'), teams: await allRows(db, 'team') })
}

async function readEditable(db: Phone, shape: CustomerName, id: string): Promise<Editable | null> {
  const projection = await readProjection(db)
  const row = (await shownById(db, projection, shape, [id])).get(id)
  if (row === undefined) return null
  const owner = 'customer' in row ? row.customer : row.id
  const customer = (await shownCustomers(db, projection, [owner])).get(owner)
  if (customer === undefined) return null
  return {
    row,
    customer,
    sites: await sitesAt(db, projection, owner),
    isAdmin: projection.actor.is_admin,
    canEdit: (await editsIn(db, projection.actor))(customer.territory),
  }
}

/** undefined while loading, null when this phone does not hold the row. */
export function editable(shape: CustomerName, id: string): Live<Editable | null | undefined> {
  return liveRead((db) => readEditable(db, shape, id))
}

/** The sites of a customer, for naming the one a field points to. */
export function sitesOf(customer: string): Live<Site[] | undefined> {
  return liveRead(async (db) => sitesAt(db, await readProjection(db), customer))
}
