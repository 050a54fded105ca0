import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { How } from '../shapes/voice'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface NoteNeed {
  /** one that is known, for one more voice of it; left out for a need of its own */
  need?: string
  voice?: string
  customer: string
  /** in the customer's own words */
  text: string
  how?: How
  /** 0 to 3 */
  importance?: number | null
  theme?: string | null
  site?: string | null
  visit?: string | null
  contact?: string | null
  product?: string | null
}

export interface NotedNeed extends Saved {
  /** for the undo, which withdraws it */
  voiceId: string
}

/** What a customer wants. */
export async function noteNeed(args: NoteNeed): Promise<NotedNeed> {
  const { need = newId(), voice = newId(), ...said } = args
  const saved = await save('need.note', given<KindArgs['need.note']>({ need, voice, ...said }), need)
  return { ...saved, voiceId: voice }
}
