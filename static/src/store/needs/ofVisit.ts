import type { Phone } from '../../db/schema'
import { voicesOfCustomer } from '../../db/voices'
import type { Visit } from '../../shapes/visit'
import { liveRead, type Live } from '../live'
import type { PlacedLine } from './lines'
import { Reader } from './reader'
import { newestVoiceFirst, placedLines } from './voiceLines'

type At = Pick<Visit, 'id' | 'customer'>

async function readOfVisit(db: Phone, { id, customer }: At): Promise<PlacedLine[]> {
  const reader = await Reader.at(db)
  const base = await voicesOfCustomer(db, customer)
  const during = reader.over('voice', base, (voice) => voice.visit === id && voice.withdrawn_at === null)
  return placedLines(reader, during.sort(newestVoiceFirst))
}

/** What was heard and seen at a visit, newest first. */
export function voicesOfVisit(visit: At): Live<PlacedLine[] | undefined> {
  return liveRead((db) => readOfVisit(db, visit))
}
