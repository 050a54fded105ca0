import { derived } from 'svelte/store'
import { commitmentsOfCustomer } from '../db/commitments'
import { conflictsOfCustomer } from '../db/conflicts'
import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import { visitsOfCustomer } from '../db/visits'
import type { Asset } from '../shapes/asset'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Site } from '../shapes/site'
import type { Territory } from '../shapes/territory'
import { directory } from './directory'
import type { CommitmentLine, VisitLine } from './lines'
import { commitmentLines, visitLines } from './lineOf'
import { editsIn } from './editing'
import { liveRead, type Live } from './live'
import { compare, newestFirst, openFirst } from './order'
import { over } from './over'
import { present } from './present'
import { readProjection, type Projection, type Standing } from './projection'
import { assetsAt, contactsAt, shownCustomers, sitesAt } from './shared'

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
  /** by name */
  assets: Asset[]
  territory?: Territory
  /** newest first, with what is still on this phone */
  visits: VisitLine[]
  commitments: CommitmentLine[]
  /** how the entries of this phone stand on the customer, its sites, its people and its assets, by `customer:<id>` */
  standings: ReadonlyMap<string, Standing>
  canEdit: boolean
  /** how many of its fields wait for a decision, and which of them is the newest */
  conflicts: { count: number; newest?: string }
}

const MOST_VISITS = 50

/** undefined while the index is being built. An empty query gives all, by name. */
export function searchCustomers(query: string, limit = 50): Live<CustomerHit[] | undefined> {
  return derived(directory, (known) => known?.index.query(query, limit))
}

async function openConflicts(db: Phone, { overlay }: Projection, id: string): Promise<CustomerCard['conflicts']> {
  const rows = over(await conflictsOfCustomer(db, id), overlay.conflict, (row) => row.customer === id && row.closed_at === null)
  const newest = rows.sort((a, b) => compare(b.received_at, a.received_at))[0]?.id
  return { count: rows.length, ...(newest === undefined ? {} : { newest }) }
}

async function readCard(db: Phone, id: string): Promise<CustomerCard | null> {
  const projection = await readProjection(db)
  const customer = (await shownCustomers(db, projection, [id])).get(id)
  if (customer === undefined) return null
  const visits = over(await visitsOfCustomer(db, id), projection.overlay.visit, (row) => row.customer === id)
  const promises = over(await commitmentsOfCustomer(db, id), projection.overlay.commitment, (row) => row.customer === id)
  const territory = (await byId(db, 'territory', [customer.territory])).get(customer.territory)
  return {
    customer,
    sites: await sitesAt(db, projection, id),
    contacts: await contactsAt(db, projection, id),
    assets: await assetsAt(db, projection, id),
    ...present<Pick<CustomerCard, 'territory'>>({ territory }),
    visits: await visitLines(db, projection, visits.sort(newestFirst).slice(0, MOST_VISITS)),
    commitments: await commitmentLines(db, projection, promises.sort(openFirst)),
    standings: projection.standings,
    canEdit: (await editsIn(db, projection.actor))(customer.territory),
    conflicts: await openConflicts(db, projection, id),
  }
}

/** undefined while loading, null when this phone does not hold the customer. */
export function customerCard(id: string): Live<CustomerCard | null | undefined> {
  return liveRead((db) => readCard(db, id))
}
