import { readAsset, type Asset } from '../shapes/asset'
import { isNamed, takeAll } from '../shapes/shared'
import { pointsRight } from './changeRow'
import { NOTHING, type Ground, type Reducer } from './ground'
import { mayEdit } from './rights'

function isOfMine({ customer: id }: Asset, ground: Ground): boolean {
  const customer = ground.customer(id)
  return customer !== undefined && mayEdit(customer, ground)
}

export const addAsset: Reducer<'asset.add'> = ({ args: { asset: id, customer, ...said } }, ground) => {
  const values = takeAll('asset', said)
  const asset = readAsset(id, { customer, ...values })
  const isWrong = values === undefined || !isNamed('asset', values) || !pointsRight(asset, values, ground)
  return isWrong || ground.asset(id) !== undefined || !isOfMine(asset, ground) ? NOTHING : { asset: [asset] }
}

export const removeAsset: Reducer<'asset.remove'> = ({ args }, ground) => {
  const asset = ground.asset(args.asset)
  if (asset === undefined || asset.is_removed || !isOfMine(asset, ground)) return NOTHING
  return { asset: [{ ...asset, is_removed: true }] }
}

/** One that was removed before is not on this phone: it comes back with the server's answer. */
export const restoreAsset: Reducer<'asset.restore'> = ({ args }, ground) => {
  const asset = ground.asset(args.asset)
  if (asset === undefined || !asset.is_removed || !isOfMine(asset, ground)) return NOTHING
  return { asset: [{ ...asset, is_removed: false }] }
}
