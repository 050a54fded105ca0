import type { KindArgs } from '../shapes/entry'
import { utc } from '../shapes/time'
import type { Voice } from '../shapes/voice'
import { NOTHING, type Reducer } from './ground'
import { isElsewhere, isOutOfUse } from './heard'
import { isMine } from './rights'

function given(args: KindArgs['voice.amend']): Partial<Voice> {
  const { text, how, importance, contact, product } = args
  return {
    ...(text === undefined ? {} : { text }),
    ...(how === undefined ? {} : { how }),
    ...(importance === undefined ? {} : { importance }),
    ...(contact === undefined ? {} : { contact }),
    ...(product === undefined ? {} : { product }),
  }
}

export const amendVoice: Reducer<'voice.amend'> = ({ at, args }, ground) => {
  const voice = ground.voice(args.voice)
  if (voice === undefined || !isMine(voice, ground) || voice.withdrawn_at !== null) return NOTHING
  const { customer, sign } = voice
  const isWrong = isElsewhere({ customer, contact: args.contact ?? null }, ground) || isOutOfUse(args.product, ground)
  const isSpeechless = args.text === '' && sign === null
  const amended = { ...voice, ...given(args) }
  const isSame = (Object.keys(voice) as (keyof Voice)[]).every((key) => voice[key] === amended[key])
  return isWrong || isSpeechless || isSame ? NOTHING : { voice: [{ ...amended, amended_at: utc(at) }] }
}
