import { currentPhone } from '../db/current'
import { parkedEntry } from '../db/entries'
import type { KindArgs } from '../shapes/entry'
import { Refusal, type Saved } from './refusal'
import { save } from './save'

/** Replaces a parked entry by one with other arguments (names of the wire, as in the outbox item). */
export async function supersedeEntry(entryId: string, args: Readonly<Record<string, unknown>>): Promise<Saved> {
  const phone = currentPhone()
  if (phone === undefined) throw new Refusal('signed_out')
  const known = await parkedEntry(phone, entryId)
  if (known === undefined) throw new Refusal('not_open')
  const { kind, from } = known.entry
  const row = args[kind.slice(0, kind.indexOf('.'))]
  return save(kind, args as KindArgs[typeof kind], typeof row === 'string' ? row : entryId, {
    supersedes: entryId,
    alsoTouched: known.journal.rows,
    // What its writer had seen then is what the corrected one is a change of.
    ...(from === undefined ? {} : { from }),
  })
}
