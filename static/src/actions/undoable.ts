import { currentPhone } from '../db/current'
import { dropUndoable, noteUndoable, type UndoableKind } from '../db/undoable'
import { Refusal, type Saved } from './refusal'

const UNDO_MS = 10_000

export interface Undoable {
  /** Within ten seconds: nothing has happened. */
  undo(): void
  /** Settles when the entry is on its way, with undefined after an undo. */
  done: Promise<Saved | undefined>
}

/** A deed that cannot be taken back once it is sent, so it is written ten seconds after the tap. */
export function undoable(kind: UndoableKind, id: string, write: () => Promise<Saved>): Undoable {
  const phone = currentPhone()
  if (phone === undefined) throw new Refusal('signed_out')
  let settle: (isMeant: boolean) => void = () => undefined
  const decided = new Promise<boolean>((resolve) => (settle = resolve))
  const timer = setTimeout(() => settle(true), UNDO_MS)
  const until = new Date(Date.now() + UNDO_MS).toISOString()

  async function finish(noted: Promise<void>): Promise<Saved | undefined> {
    const isMeant = await decided
    await noted
    // Another member may have signed in meanwhile.
    const saved = isMeant && currentPhone() === phone ? await write() : undefined
    await dropUndoable(phone as NonNullable<typeof phone>, kind, id)
    return saved
  }

  return {
    undo() {
      clearTimeout(timer)
      settle(false)
    },
    done: finish(noteUndoable(phone, kind, id, until)),
  }
}
