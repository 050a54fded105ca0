import type { KindArgs } from '../shapes/entry'
import type { How } from '../shapes/voice'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface AmendVoice {
  voice: string
  text?: string
  how?: How
  /** 0 to 3; null takes it off */
  importance?: number | null
  contact?: string | null
  product?: string | null
}

export async function amendVoice(args: AmendVoice): Promise<Saved> {
  return save('voice.amend', given<KindArgs['voice.amend']>({ ...args }), args.voice)
}
