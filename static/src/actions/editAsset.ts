import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

export async function editAsset({ asset, ...edited }: Edited & { asset: string }): Promise<Saved | undefined> {
  return editRow('asset', asset, edited)
}
