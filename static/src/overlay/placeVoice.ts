import { NOTHING, type Reducer } from './ground'
import { editsNeeds } from './rights'

export const placeVoice: Reducer<'voice.place'> = ({ args: { voice: id, need } }, ground) => {
  const voice = ground.voice(id)
  if (!editsNeeds(ground.actor) || voice === undefined || voice.need === need) return NOTHING
  const isThere = need === null ? voice.sign !== null : ground.need(need) !== undefined
  return isThere ? { voice: [{ ...voice, need }] } : NOTHING
}
