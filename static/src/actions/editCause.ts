import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

/** What several people edit of a cause. Its watch window stays as it is. */
export async function editCause({ cause, ...edited }: Edited & { cause: string }): Promise<Saved | undefined> {
  return editRow('cause', cause, edited)
}
