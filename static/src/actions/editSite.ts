import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

export async function editSite({ site, ...edited }: Edited & { site: string }): Promise<Saved | undefined> {
  return editRow('site', site, edited)
}
