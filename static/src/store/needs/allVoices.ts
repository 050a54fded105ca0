import { getVoices } from '../../net/voices'
import type { Voice } from '../../shapes/voice'
import { liveRead, type Live } from '../live'
import type { VoiceLine } from './lines'
import { Reader } from './reader'
import { voiceLines } from './voiceLines'

/** Kept nowhere: what is not on this phone is read online. */
export type AllVoices = { kind: 'ok'; voices: Voice[]; next?: string } | { kind: 'offline' } | { kind: 'failed' }

/** A page of what I may see of a need, from the newest on; the one after `next` where it is given. */
export async function readAllVoices(need: string, next?: string): Promise<AllVoices> {
  const answer = await getVoices(need, next)
  if (answer.kind !== 'ok') return { kind: answer.kind === 'offline' ? 'offline' : 'failed' }
  const { voices, next: after } = answer.message
  return { kind: 'ok', voices, ...(after === null ? {} : { next: after }) }
}

/** Voices that came from elsewhere, as those of this phone are shown. */
export function linesOfVoices(voices: readonly Voice[]): Live<VoiceLine[] | undefined> {
  return liveRead(async (db) => (voices.length === 0 ? [] : voiceLines(await Reader.at(db), voices)))
}
