import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

/** A title sorts a need: from then on everybody sees it. */
export async function changeNeed({ need, ...edited }: Edited & { need: string }): Promise<Saved | undefined> {
  return editRow('need', need, edited)
}
