import { NOTHING, type Reducer } from './ground'
import { isElsewhere, isOutOfUse, newVoice } from './heard'

export const observe: Reducer<'voice.observe'> = ({ at, args }, ground) => {
  if (ground.voice(args.voice) !== undefined || isElsewhere(args, ground) || isOutOfUse(args.product, ground)) return NOTHING
  const { need = null, sign, text = '' } = args
  return { voice: [{ ...newVoice(args.voice, args, at, ground), need, sign, text, how: 'seen' }] }
}
