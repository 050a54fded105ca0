import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

/** What several people edit of a ticket; what was promised follows its severity. */
export async function editTicket({ ticket, ...edited }: Edited & { ticket: string }): Promise<Saved | undefined> {
  return editRow('ticket', ticket, edited)
}
