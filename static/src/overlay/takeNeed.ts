import { NOTHING, type Reducer } from './ground'
import { editsNeeds } from './rights'

export const takeNeed: Reducer<'need.take'> = ({ args }, ground) => {
  const need = ground.need(args.need)
  // One's own already, or somebody else's: either way nothing changes.
  if (!editsNeeds(ground.actor) || need === undefined || need.owner !== null) return NOTHING
  return { need: [{ ...need, owner: ground.actor.id }] }
}
