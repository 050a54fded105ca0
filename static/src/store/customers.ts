import { derived } from 'svelte/store'
import { commitmentsOfCustomer } from '../db/commitments'
import { contactsOfCustomer, customersById, sitesOfCustomer } from '../db/customers'
import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import { visitsOfCustomer } from '../db/visits'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Site } from '../shapes/site'
import type { Territory } from '../shapes/territory'
import { directory } from './directory'
import type { CommitmentLine, VisitLine } from './lines'
import { commitmentLines, present, visitLines } from './lineOf'
import { liveRead, type Live } from './live'
import { newestFirst, openFirst } from './order'
import { over } from './over'
import { readProjection } from './projection'

export interface CustomerHit {
  customer: Customer
  site?: Site
  /** the person whose name answered the query */
  contact?: Contact
  matchedBy: 'all' | 'name' | 'address' | 'contact'
}

export interface CustomerCard {
  customer: Customer
  sites: Site[]
  contacts: Contact[]
  territory?: Territory
  /** newest first, with what is still on this phone */
  visits: VisitLine[]
  commitments: CommitmentLine[]
}

const MOST_VISITS = 50

/** undefined while the index is being built. An empty query gives all, by name. */
export function searchCustomers(query: string, limit = 50): Live<CustomerHit[] | undefined> {
  return derived(directory, (known) => known?.index.query(query, limit))
}

async function readCard(db: Phone, id: string): Promise<CustomerCard | null> {
  const customer = (await customersById(db, [id])).get(id)
  if (customer === undefined) return null
  const projection = await readProjection(db)
  const visits = over(await visitsOfCustomer(db, id), projection.overlay.visit, (row) => row.customer === id)
  const promises = over(await commitmentsOfCustomer(db, id), projection.overlay.commitment, (row) => row.customer === id)
  const territory = (await byId(db, 'territory', [customer.territory])).get(customer.territory)
  return {
    customer,
    sites: await sitesOfCustomer(db, id),
    contacts: await contactsOfCustomer(db, id),
    ...present<Pick<CustomerCard, 'territory'>>({ territory }),
    visits: await visitLines(db, projection, visits.sort(newestFirst).slice(0, MOST_VISITS)),
    commitments: await commitmentLines(db, projection, promises.sort(openFirst)),
  }
}

/** undefined while loading, null when this phone does not hold the customer. */
export function customerCard(id: string): Live<CustomerCard | null | undefined> {
  return liveRead((db) => readCard(db, id))
}
