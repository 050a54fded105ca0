import type { Loss } from '../shapes/messages'
import { readMeta, writeMeta } from './meta'
import type { Phone } from './schema'

/** What the marker of this phone remembers of the storage of before, written down when there is a new one. */
export async function noteLoss(db: Phone, { written, received, isSeen }: Loss & { isSeen: boolean }): Promise<void> {
  await writeMeta(db, 'loss', { written, received, isTold: false, isSeen })
}

/**
 * The word of the server, the other witness. Of what was written, whoever knows of more is right. What has arrived is
 * for the server to say: restored from a backup it holds less than it once acknowledged. What its person has read is
 * not told again.
 */
export async function takeNews(db: Phone, said: Loss): Promise<void> {
  await db.transaction('rw', [db.meta], async () => {
    const before = await readMeta(db, 'loss')
    const written = Math.max(said.written, before?.written ?? 0)
    const { received } = said
    if (written <= received) return
    const isSame = before?.written === written && before.received === received
    await writeMeta(db, 'loss', { written, received, isTold: true, isSeen: isSame && before.isSeen })
  })
}

/** What the server has not heard of yet. It is said once: a replica that is renewed has lost nothing. */
export async function untoldLoss(db: Phone): Promise<Loss | undefined> {
  const loss = await readMeta(db, 'loss')
  return loss === undefined || loss.isTold ? undefined : { written: loss.written, received: loss.received }
}

async function mark(db: Phone, part: { isTold: true } | { isSeen: true }): Promise<void> {
  await db.transaction('rw', [db.meta], async () => {
    const loss = await readMeta(db, 'loss')
    if (loss !== undefined) await writeMeta(db, 'loss', { ...loss, ...part })
  })
}

/**
 * The server has heard of it. When it speaks of no loss itself, it holds everything: only an answer was missed, and
 * nobody needs to hear of it.
 */
export async function lossIsTold(db: Phone, { isConfirmed }: { isConfirmed: boolean }): Promise<void> {
  if (isConfirmed) await mark(db, { isTold: true })
  else await db.meta.delete('loss')
}

export async function lossIsSeen(db: Phone): Promise<void> {
  await mark(db, { isSeen: true })
}
