import { editRow, type Edited } from './editRow'
import type { Saved } from './refusal'

export async function editCustomer({ customer, ...edited }: Edited & { customer: string }): Promise<Saved | undefined> {
  return editRow('customer', customer, edited)
}
