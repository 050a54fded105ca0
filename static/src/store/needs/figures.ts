import { currentPhone } from '../../db/current'
import { readMeta, writeMeta } from '../../db/meta'
import type { Phone } from '../../db/schema'
import { getFigures } from '../../net/figures'
import { readFigures, type Figures } from '../../shapes/figures'
import { live, type Live } from '../live'

async function readKept(db: Phone): Promise<Figures | undefined> {
  return readFigures(await readMeta(db, 'figures'))
}

/** How well the loop is closed, as the server last counted it. */
export const loopFigures: Live<Figures | undefined> = live(readKept, undefined)

/** Asks the server anew; without a signal what was told before stays. */
export async function refreshFigures(): Promise<void> {
  const phone = currentPhone()
  const answer = await getFigures()
  if (phone === undefined || currentPhone() !== phone || answer.kind !== 'ok') return
  await writeMeta(phone, 'figures', { ...answer.message, as_of: new Date().toISOString() })
}
