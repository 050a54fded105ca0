import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

export async function editContact({ contact, ...edited }: Edited & { contact: string }): Promise<Saved | undefined> {
  return editRow('contact', contact, edited)
}
