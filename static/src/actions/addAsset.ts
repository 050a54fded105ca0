import type { AssetFields } from '../shapes/entry'
import { newId } from '../shapes/id'
import { storedAll } from '../shapes/shared'
import type { Saved } from './refusal'
import { save } from './save'

export interface AddAsset extends Partial<AssetFields> {
  asset?: string
  customer: string
}

/** Writes down what stands at a customer's. A name, a serial or a label number is enough, and all is written as the server stores it. */
export async function addAsset({ asset = newId(), customer, ...values }: AddAsset): Promise<Saved> {
  return save('asset.add', { asset, customer, ...storedAll('asset', values) }, asset)
}
