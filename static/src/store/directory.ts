import { liveQuery } from 'dexie'
import { readable, type Readable } from 'svelte/store'
import { onChange, type Change } from '../db/changes'
import { onCurrentPhone } from '../db/current'
import { readMeta } from '../db/meta'
import { eachChunk } from '../db/read'
import type { Phone } from '../db/schema'
import { lastSeenByCustomer, visitsById, visitsOfCustomer } from '../db/visits'
import type { Asset } from '../shapes/asset'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Site } from '../shapes/site'
import { AssetIndex } from './assetIndex'
import { follow, readOnce } from './live'
import { readProjection } from './projection'
import { SearchIndex } from './search'
import { shownById } from './shared'

const GATHER_MS = 200
/** With more changes than this at once, reading everything again is quicker. */
const REBUILD_ABOVE = 1_500

const FOLLOWED = ['customer', 'site', 'contact', 'asset', 'visit'] as const

type Gathered = { [Name in (typeof FOLLOWED)[number]]: Set<string> }

function nothingGathered(): Gathered {
  return { customer: new Set(), site: new Set(), contact: new Set(), asset: new Set(), visit: new Set() }
}

/** Customers, sites, contacts, assets and last visits of the phone in memory, for searching and suggesting. */
export class Directory {
  readonly index = new SearchIndex()
  readonly assets = new AssetIndex()
  readonly customers = new Map<string, Customer>()
  private readonly sites = new Map<string, Site>()
  private readonly contacts = new Map<string, Contact>()
  private readonly sitesOf = new Map<string, Set<string>>()
  private readonly contactsOf = new Map<string, Set<string>>()
  lastSeen = new Map<string, string>()

  constructor(private readonly db: Phone) {}

  async build(): Promise<void> {
    await eachChunk(this.db, 'site', (rows) => rows.forEach((row) => this.putSite(row)))
    await eachChunk(this.db, 'contact', (rows) => rows.forEach((row) => this.putContact(row)))
    await eachChunk(this.db, 'asset', (rows) => rows.forEach((row) => this.assets.put(row)))
    await eachChunk(this.db, 'customer', (rows) => rows.forEach((row) => this.putCustomer(row)))
  }

  async buildLastSeen(): Promise<void> {
    this.lastSeen = await lastSeenByCustomer(this.db)
  }

  sitesAt(customer: string): Site[] {
    return rowsOf(this.sitesOf, this.sites, customer)
  }

  async follow(changes: Gathered): Promise<void> {
    const touched = new Set(changes.customer)
    const shown = await readOnce(this.db, async (db) => readShown(db, changes))
    followPart(shown.site, changes.site, this.sites, this.sitesOf, touched)
    followPart(shown.contact, changes.contact, this.contacts, this.contactsOf, touched)
    for (const id of changes.customer) if (!shown.customer.has(id)) this.customers.delete(id)
    for (const [id, customer] of shown.customer) this.customers.set(id, customer)
    for (const id of touched) this.reindex(id)
    this.followAssets(shown.asset, changes.asset)
    await this.followVisits([...changes.visit])
  }

  private followAssets(shown: ReadonlyMap<string, Asset>, ids: ReadonlySet<string>): void {
    for (const id of ids) if (!shown.has(id)) this.assets.remove(id)
    for (const asset of shown.values()) this.assets.put(asset)
  }

  private async followVisits(ids: string[]): Promise<void> {
    const visits = await visitsById(this.db, ids)
    for (const customer of new Set(visits.map((visit) => visit.customer))) {
      const seen = await visitsOfCustomer(this.db, customer)
      const times = seen.flatMap((v) => (v.logged_at !== null && v.withdrawn_at === null && v.outcome !== 'not_met' ? [v.logged_at] : []))
      const last = times.sort().at(-1)
      if (last === undefined) this.lastSeen.delete(customer)
      else this.lastSeen.set(customer, last)
    }
  }

  private putSite(row: Site): void {
    this.sites.set(row.id, row)
    note(this.sitesOf, row.customer, row.id)
  }

  private putContact(row: Contact): void {
    this.contacts.set(row.id, row)
    note(this.contactsOf, row.customer, row.id)
  }

  private putCustomer(row: Customer): void {
    this.customers.set(row.id, row)
    this.reindex(row.id)
  }

  private reindex(id: string): void {
    const customer = this.customers.get(id)
    if (customer === undefined) this.index.remove(id)
    else this.index.put({ customer, sites: this.sitesAt(id), contacts: rowsOf(this.contactsOf, this.contacts, id) })
  }
}

/** Rows as they are shown: what is pending lies over the base. */
async function readShown(db: Phone, { customer, site, contact, asset }: Gathered) {
  const projection = await readProjection(db)
  return {
    customer: await shownById(db, projection, 'customer', [...customer]),
    site: await shownById(db, projection, 'site', [...site]),
    contact: await shownById(db, projection, 'contact', [...contact]),
    asset: await shownById(db, projection, 'asset', [...asset]),
  }
}

function followPart<T extends Site | Contact>(
  shown: ReadonlyMap<string, T>,
  ids: ReadonlySet<string>,
  all: Map<string, T>,
  of: Map<string, Set<string>>,
  touched: Set<string>,
): void {
  for (const id of ids) {
    const before = all.get(id)
    if (before !== undefined) of.get(before.customer)?.delete(id)
    if (before !== undefined) touched.add(before.customer)
    all.delete(id)
  }
  for (const row of shown.values()) {
    all.set(row.id, row)
    note(of, row.customer, row.id)
    touched.add(row.customer)
  }
}

/** Rows that are shown otherwise than the base has them. */
async function laidOver(db: Phone): Promise<Gathered> {
  const { overlay } = await readOnce(db, readProjection)
  const { customer, site, contact, asset } = overlay
  return {
    ...nothingGathered(),
    customer: new Set(customer.keys()),
    site: new Set(site.keys()),
    contact: new Set(contact.keys()),
    asset: new Set(asset.keys()),
  }
}

/** Lets the first screen be drawn before thousands of rows are read. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 500 })
    else setTimeout(resolve, 0)
  })
}

function note(of: Map<string, Set<string>>, customer: string, id: string): void {
  const ids = of.get(customer)
  if (ids === undefined) of.set(customer, new Set([id]))
  else ids.add(id)
}

function rowsOf<T>(of: ReadonlyMap<string, ReadonlySet<string>>, all: ReadonlyMap<string, T>, customer: string): T[] {
  return [...(of.get(customer) ?? [])].flatMap((id) => all.get(id) ?? [])
}

/** Builds the directory once the base is there and keeps it in step with every page. */
function keepDirectory(db: Phone, set: (directory: Directory | undefined) => void): () => void {
  let gathered = nothingGathered()
  let timer: ReturnType<typeof setTimeout> | undefined
  let directory: Directory | undefined
  let isStopped = false
  let working = Promise.resolve()

  const rebuild = async () => {
    await pause()
    const fresh = new Directory(db)
    await fresh.build()
    await fresh.follow(await laidOver(db))
    if (isStopped) return
    directory = fresh
    set(fresh)
    await fresh.buildLastSeen()
    if (!isStopped) set(fresh)
  }

  const flush = async () => {
    const changes = gathered
    gathered = nothingGathered()
    if (directory === undefined) return
    const count = Object.values(changes).reduce((sum, ids) => sum + ids.size, 0)
    if (count > REBUILD_ABOVE) return rebuild()
    await directory.follow(changes)
    if (!isStopped) set(directory)
  }

  const queue = (work: () => Promise<void>) => {
    working = working.then(work).catch(() => undefined)
  }

  const gather = (rows: Partial<Record<keyof Gathered, Iterable<string>>>) => {
    for (const name of FOLLOWED) for (const id of rows[name] ?? []) gathered[name].add(id)
    clearTimeout(timer)
    timer = setTimeout(() => queue(flush), GATHER_MS)
  }

  const leave = onChange(db, (change: Change) => (change.isReset ? queue(rebuild) : gather(change.rows)))

  // What comes to lie over the base, and what no longer does, is shown anew.
  let laid = nothingGathered()
  const leaveOverlay = follow(db, laidOver, (next) => {
    const before = laid
    laid = next
    if (!FOLLOWED.some((name) => before[name].size + next[name].size > 0)) return
    gather(before)
    gather(next)
  })

  // During the very first sync every page would make it build anew.
  const waiting = liveQuery(() => readMeta(db, 'first_sync')).subscribe((firstSync) => {
    if (firstSync?.isDone && directory === undefined) queue(async () => (directory === undefined ? rebuild() : undefined))
  })

  return () => {
    isStopped = true
    clearTimeout(timer)
    waiting.unsubscribe()
    leaveOverlay()
    leave()
  }
}

/** undefined until it is built. Says the same object again when its content has changed. */
export const directory: Readable<Directory | undefined> = readable<Directory | undefined>(undefined, (set) => {
  let stop: () => void = () => undefined
  const leave = onCurrentPhone((phone) => {
    stop()
    set(undefined)
    stop = phone === undefined ? () => undefined : keepDirectory(phone, set)
  })
  return () => {
    leave()
    stop()
  }
})
