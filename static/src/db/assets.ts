import type { Asset } from '../shapes/asset'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('asset', row)

export async function assetsOfCustomer(db: Phone, customer: string): Promise<Asset[]> {
  return (await db.asset.where('f.customer').equals(customer).toArray()).map(read)
}

export async function assetsOfSite(db: Phone, site: string): Promise<Asset[]> {
  return (await db.asset.where('f.site').equals(site).toArray()).map(read)
}
