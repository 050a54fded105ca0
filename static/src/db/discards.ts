import { deleteDraft, writeDrafts } from './drafts'
import type { Phone } from './schema'

const PREFIX = 'discard:'

/** A discard was tapped and may be undone until then. Not written yet, so a draft. */
export async function noteDiscard(db: Phone, entry: string, until: string): Promise<void> {
  await writeDrafts(db, new Map([[PREFIX + entry, JSON.stringify(until)]]))
}

export async function dropDiscard(db: Phone, entry: string): Promise<void> {
  await deleteDraft(db, PREFIX + entry)
}

/** Entry → until when its discard can be undone. */
export async function readDiscards(db: Phone): Promise<Map<string, string>> {
  const rows = await db.drafts.where('key').startsWith(PREFIX).toArray()
  return new Map(rows.map((row) => [row.key.slice(PREFIX.length), JSON.parse(row.json) as string]))
}
