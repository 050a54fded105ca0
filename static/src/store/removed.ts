import type { KnownEntry } from '../db/entries'
import { argOf } from '../shapes/entry'
import { CUSTOMER_NAMES, type CustomerName } from '../shapes/shared'

/** A row somebody removed, which an entry was written about. */
export interface Removed {
  shape: CustomerName
  row: string
}

/**
 * The row to bring back so that an entry can be applied. `isHeld` tells whether a customer is on this phone: one that
 * is not was removed as a whole, and brings its sites and people back with it.
 */
export function removedRow({ journal, entry }: KnownEntry, isHeld: (customer: string) => boolean): Removed | undefined {
  if (journal.state !== 'parked' || journal.code !== 'row_deleted') return undefined
  const shape = CUSTOMER_NAMES.find((name) => name === journal.params.field)
  const owner = journal.about?.customer
  if (shape === undefined) return undefined
  if (owner !== undefined && !isHeld(owner)) return { shape: 'customer', row: owner }
  const touched = journal.rows.find((key) => key.startsWith(`${shape}:`))?.slice(shape.length + 1)
  const row = argOf(entry, shape) ?? touched
  return row === undefined ? undefined : { shape, row }
}
