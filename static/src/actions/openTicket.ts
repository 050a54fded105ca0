import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Severity } from '../shapes/ticket'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface OpenTicket {
  ticket?: string
  customer: string
  /** what is wrong */
  text: string
  severity?: Severity
  site?: string | null
  asset?: string | null
  product?: string | null
  contact?: string | null
  visit?: string | null
  category?: string | null
  assignee?: string | null
  /** the ticket it is a part of */
  partOf?: string | null
  /** the cause it is the same again as */
  again?: string | null
}

/** Something at a customer is wrong. It is on this phone for good at once; the Undo withdraws it. */
export async function openTicket({ ticket = newId(), partOf, ...said }: OpenTicket): Promise<Saved> {
  return save('ticket.open', given<KindArgs['ticket.open']>({ ticket, ...said, part_of: partOf }), ticket)
}
