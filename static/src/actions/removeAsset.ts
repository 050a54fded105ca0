import type { Saved } from './refusal'
import { save } from './save'

/** What was written about it stays, so that bringing it back is exact. */
export async function removeAsset({ asset }: { asset: string }): Promise<Saved> {
  return save('asset.remove', { asset }, asset)
}
