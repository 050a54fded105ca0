import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Sign } from '../shapes/voice'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface Observe {
  voice?: string
  customer: string
  sign: Sign
  text?: string
  need?: string | null
  site?: string | null
  visit?: string | null
  contact?: string | null
  product?: string | null
}

/** What somebody was seen to do, with or without words. */
export async function observe({ voice = newId(), ...seen }: Observe): Promise<Saved> {
  return save('voice.observe', given<KindArgs['voice.observe']>({ voice, ...seen }), voice)
}
