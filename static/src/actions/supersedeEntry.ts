import { currentPhone } from '../db/current'
import { parkedEntry } from '../db/entries'
import type { KindArgs } from '../shapes/entry'
import { Refusal, type Saved } from './refusal'
import { save } from './save'

/** Replaces a parked entry by one with other arguments (names of the wire, as in the outbox item). */
export async function supersedeEntry(entryId: string, args: Readonly<Record<string, unknown>>): Promise<Saved> {
  const phone = currentPhone()
  if (phone === undefined) throw new Refusal('signed_out')
  const parked = await parkedEntry(phone, entryId)
  if (parked === undefined) throw new Refusal('not_open')
  const row = args.commitment ?? args.comment ?? args.visit
  return save(parked.kind, args as KindArgs[typeof parked.kind], typeof row === 'string' ? row : entryId, entryId)
}
