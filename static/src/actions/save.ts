import { currentPhone } from '../db/current'
import { append, EntryTooLarge } from '../db/outbox'
import { isQuotaError } from '../db/steady'
import type { Entry, Kind, KindArgs } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import { phoneTime } from '../shapes/time'
import { Refusal, type Saved } from './refusal'

/** Keys whose value is undefined are left out of an entry. */
export function given<T extends object>(args: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as T
}

export interface More {
  /** the parked entry this one replaces */
  supersedes?: string
  /** what the person saw of the fields that are changed */
  from?: Fields
  /** entries this one follows, besides those of the same rows */
  after?: string[]
  /** rows it changes that its kind does not tell */
  alsoTouched?: readonly string[]
}

function entryOf<K extends Kind>(kind: K, args: KindArgs[K], { supersedes, from, after }: More): Entry {
  const now = new Date()
  return {
    id: newId(now.getTime()),
    kind,
    v: 1,
    at: phoneTime(now),
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
    mono: Math.round(performance.now()),
    args,
    ...given({ from, after, supersedes }),
  } as Entry
}

/** Puts an entry into the outbox. When it returns, it is on this phone for good; the network is never touched. */
export async function save<K extends Kind>(kind: K, args: KindArgs[K], rowId: string, more: More = {}): Promise<Saved> {
  const phone = currentPhone()
  if (phone === undefined) throw new Refusal('signed_out')
  const start = performance.now()
  const entry = entryOf(kind, args, more)
  try {
    await append(phone, entry, more.alsoTouched)
  } catch (error) {
    if (error instanceof EntryTooLarge) throw new Refusal('too_large')
    if (isQuotaError(error)) throw new Refusal('storage_full')
    throw error
  }
  performance.measure('fieldops-save', { start })
  return { entryId: entry.id, rowId }
}
