import type { KindArgs } from '../shapes/entry'
import type { WaitsFor } from '../shapes/ticket'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface WaitTicket {
  ticket: string
  waitsFor: WaitsFor
  note?: string
}

/** Nobody can go on with it for now. */
export async function waitTicket({ ticket, waitsFor, note }: WaitTicket): Promise<Saved> {
  return save('ticket.wait', given<KindArgs['ticket.wait']>({ ticket, waits_for: waitsFor, note }), ticket)
}
