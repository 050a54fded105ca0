import type { Saved } from './refusal'
import { save } from './save'

export interface PlaceVoice {
  voice: string
  /** null: an observation that stands alone */
  need: string | null
}

/** Puts a voice to the need it tells of. */
export async function placeVoice({ voice, need }: PlaceVoice): Promise<Saved> {
  return save('voice.place', { voice, need }, voice)
}
