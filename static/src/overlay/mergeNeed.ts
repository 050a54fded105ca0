import { NOTHING, type Reducer } from './ground'
import { headOf } from './grouping'
import { passed } from './milestone'
import { editsNeeds } from './rights'

/** Grouping: the need points to the other one, and neither is changed otherwise. */
export const mergeNeed: Reducer<'need.merge'> = ({ at, args: { need: id, into } }, ground) => {
  const [need, target] = [ground.need(id), ground.need(into)]
  if (!editsNeeds(ground.actor) || need === undefined || target === undefined) return NOTHING
  // Into itself, or under one that is under it: a circle.
  if (need.merged_into !== null || headOf(target, ground).id === id) return NOTHING
  return { need: [passed({ ...need, merged_into: into }, at, ground, { event: 'merged', other: into })] }
}

export const unmergeNeed: Reducer<'need.unmerge'> = ({ at, args }, ground) => {
  const need = ground.need(args.need)
  if (!editsNeeds(ground.actor) || need === undefined || need.merged_into === null) return NOTHING
  return { need: [passed({ ...need, merged_into: null }, at, ground, { event: 'unmerged', other: need.merged_into })] }
}
