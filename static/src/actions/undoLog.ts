import type { Saved } from './refusal'
import { withdrawVisit } from './withdrawVisit'

/** The Undo after a save: what was saved stays in the outbox, and the visit is withdrawn by a further entry. */
export async function undoLog(visit: string): Promise<Saved> {
  return withdrawVisit({ visit })
}
