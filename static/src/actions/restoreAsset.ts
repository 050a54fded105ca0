import { restoreRow } from './restoreRow'
import type { Saved } from './refusal'

/** Also the Undo after it was removed. */
export async function restoreAsset({ asset }: { asset: string }): Promise<Saved> {
  return restoreRow({ shape: 'asset', row: asset })
}
