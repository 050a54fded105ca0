import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { isMine } from './rights'

export const withdrawVoice: Reducer<'voice.withdraw'> = ({ at, args }, ground) => {
  const voice = ground.voice(args.voice)
  if (voice === undefined || !isMine(voice, ground) || voice.withdrawn_at !== null) return NOTHING
  return { voice: [{ ...voice, withdrawn_at: utc(at) }] }
}
