import type { Phone } from '../../db/schema'
import { observedVoices } from '../../db/voices'
import { liveRead, type Live } from '../live'
import type { PlacedLine } from './lines'
import { Reader } from './reader'
import { newestVoiceFirst, placedLines } from './voiceLines'

const MOST_LISTED = 200

async function readObservations(db: Phone): Promise<PlacedLine[]> {
  const reader = await Reader.at(db)
  const seen = reader.over('voice', await observedVoices(db), (voice) => voice.sign !== null && voice.withdrawn_at === null)
  return placedLines(reader, seen.sort(newestVoiceFirst).slice(0, MOST_LISTED))
}

/** What people were seen to do, newest first. Unranked, so that a first weak sign is not buried under counts. */
export const observations: Live<PlacedLine[] | undefined> = liveRead(readObservations)
