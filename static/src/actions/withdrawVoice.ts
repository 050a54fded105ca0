import type { Saved } from './refusal'
import { save } from './save'

export interface WithdrawVoice {
  voice: string
}

/** Also the Undo after a need or an observation was saved: that stays in the outbox, and the voice is withdrawn. */
export async function withdrawVoice({ voice }: WithdrawVoice): Promise<Saved> {
  return save('voice.withdraw', { voice }, voice)
}
