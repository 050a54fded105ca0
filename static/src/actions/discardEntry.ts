import { currentPhone } from '../db/current'
import { dropDiscard, noteDiscard } from '../db/discards'
import { Refusal, type Saved } from './refusal'
import { save } from './save'

const UNDO_MS = 10_000

export interface Discarding {
  /** Within ten seconds: nothing has happened. */
  undo(): void
  /** Settles when the discard is on its way, with undefined after an undo. */
  done: Promise<Saved | undefined>
}

/** Gives a parked entry up. Written ten seconds after the tap: a discard that was sent cannot be taken back. */
export function discardEntry({ entry }: { entry: string }): Discarding {
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
    const saved = isMeant && currentPhone() === phone ? await save('entry.discard', { entry }, entry) : undefined
    await dropDiscard(phone as NonNullable<typeof phone>, entry)
    return saved
  }

  return {
    undo() {
      clearTimeout(timer)
      settle(false)
    },
    done: finish(noteDiscard(phone, entry, until)),
  }
}
