import { derived } from 'svelte/store'
import { assetsOfSite as heldAtSite } from '../db/assets'
import type { Asset } from '../shapes/asset'
import type { Customer } from '../shapes/customer'
import { directory, type Directory } from './directory'
import { editsIn } from './editing'
import { liveRead, type Live } from './live'
import { byName } from './order'
import { over } from './over'
import { present } from './present'
import { readProjection } from './projection'
import { assetsAt, shownById, shownCustomers } from './shared'

export { assetLine, assetName } from '../shapes/asset'

export interface AssetHit {
  asset: Asset
  /** absent where this phone does not hold it */
  customer?: Customer
}

function hitOf({ customers }: Directory, asset: Asset): AssetHit {
  return { asset, ...present<Pick<AssetHit, 'customer'>>({ customer: customers.get(asset.customer) }) }
}

/**
 * Assets by the beginning or a part of their label, serial or name, the best first; of one customer, or of all.
 * undefined while the index is being built. What was not typed at all gives all, by name.
 */
export function findAssets(typed: string, customer?: string, limit = 50): Live<AssetHit[] | undefined> {
  return derived(directory, (known) => known?.assets.query(typed, limit, customer).map((asset) => hitOf(known, asset)))
}

/** Another asset of that very serial number, if one is known: two phones may have written down the same machine. */
export function assetOfSerial(serial: string, without?: string): Live<AssetHit | undefined> {
  return derived(directory, (known) => {
    const other = known?.assets.withSerial(serial).find((asset) => asset.id !== without)
    return known && other && hitOf(known, other)
  })
}

/** In the order of their names. */
export function assetsOfCustomer(customer: string): Live<Asset[] | undefined> {
  return liveRead(async (db) => assetsAt(db, await readProjection(db), customer))
}

export function assetsOfSite(site: string): Live<Asset[] | undefined> {
  return liveRead(async (db) => {
    const { overlay } = await readProjection(db)
    const rows = over(await heldAtSite(db, site), overlay.asset, (row) => row.site === site && !row.is_removed)
    return rows.sort(byName)
  })
}

/** undefined while loading, null when this phone does not hold it. */
export function assetById(id: string): Live<Asset | null | undefined> {
  return liveRead(async (db) => (await shownById(db, await readProjection(db), 'asset', [id])).get(id) ?? null)
}

/** Whether this member may write down what stands at the customer. */
export function mayAddAsset(customer: string): Live<boolean | undefined> {
  return liveRead(async (db) => {
    const projection = await readProjection(db)
    const owner = (await shownCustomers(db, projection, [customer])).get(customer)
    return owner !== undefined && (await editsIn(db, projection.actor))(owner.territory)
  })
}
