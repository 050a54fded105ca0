import { deleteDraft, writeDrafts } from './drafts'
import type { Phone } from './schema'

/** Deeds that were tapped and may be undone for a while. Not written yet, so drafts. */
export type UndoableKind = 'discard' | 'resolve' | 'need' | 'reply' | 'ticket' | 'cause' | 'help'

export async function noteUndoable(db: Phone, kind: UndoableKind, id: string, until: string): Promise<void> {
  await writeDrafts(db, new Map([[`${kind}:${id}`, JSON.stringify(until)]]))
}

export async function dropUndoable(db: Phone, kind: UndoableKind, id: string): Promise<void> {
  await deleteDraft(db, `${kind}:${id}`)
}

/** What each is about → until when it can be undone. One whose time is over was cut short, and nothing came of it. */
export async function readUndoable(db: Phone, kind: UndoableKind): Promise<Map<string, string>> {
  const rows = await db.drafts.where('key').startsWith(`${kind}:`).toArray()
  const now = new Date().toISOString()
  const known = rows.map((row) => [row.key.slice(kind.length + 1), JSON.parse(row.json) as string] as const)
  return new Map(known.filter(([, until]) => until > now))
}
