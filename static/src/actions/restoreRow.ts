import type { KindArgs } from '../shapes/entry'
import type { CustomerName } from '../shapes/shared'
import type { Saved } from './refusal'
import { save } from './save'

type RestoreKind = `${CustomerName}.restore`

export interface RestoreRow {
  shape: CustomerName
  row: string
}

/** Brings a removed row back. */
export async function restoreRow({ shape, row }: RestoreRow): Promise<Saved> {
  const kind: RestoreKind = `${shape}.restore`
  return save(kind, { [shape]: row } as unknown as KindArgs[RestoreKind], row)
}

/** Brings the row back that an entry was written about, and lets the entry be tried again when the row is there. */
export async function restoreAndRetry({ entry, ...removed }: RestoreRow & { entry: string }): Promise<Saved> {
  const { entryId } = await restoreRow(removed)
  return save('entry.retry', { entry }, entry, { after: [entryId] })
}
