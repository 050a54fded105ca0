import type { Phone } from './schema'
import { steady } from './steady'

export async function readDraft(db: Phone, key: string): Promise<string | undefined> {
  return (await steady(db, () => db.drafts.get(key)))?.json
}

export async function writeDrafts(db: Phone, drafts: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...drafts].map(([key, json]) => ({ key, json }))
  await steady(db, () => db.drafts.bulkPut(rows))
}

export async function deleteDraft(db: Phone, key: string): Promise<void> {
  await steady(db, () => db.drafts.delete(key))
}
