import { nextStages, type Need, type Stage } from '../shapes/need'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { passed } from './milestone'
import { editsNeeds } from './rights'

interface Step {
  stage: Stage
  at: string
  reason: string | undefined
  customer?: string
  customerText?: string | undefined
}

/** The need at its next stage; nothing where that does not follow, or where another need speaks for it. */
export function advance(need: Need, { stage, at, reason = '', customer, customerText }: Step, ground: Ground): Changed {
  if (need.merged_into !== null || !nextStages(need.stage).includes(stage)) return NOTHING
  const next = { ...need, stage, customer_text: customerText || need.customer_text }
  return { need: [passed(next, at, ground, { reason, customer: customer ?? null })] }
}

function advanceById(id: string, step: Step, ground: Ground): Changed {
  const need = ground.need(id)
  return need === undefined || !editsNeeds(ground.actor) ? NOTHING : advance(need, step, ground)
}

export const acceptNeed: Reducer<'need.accept'> = ({ at, args }, ground) =>
  advanceById(args.need, { stage: 'accepted', at, reason: args.note }, ground)

export const declineNeed: Reducer<'need.decline'> = ({ at, args }, ground) =>
  advanceById(args.need, { stage: 'declined', at, reason: args.reason, customerText: args.customer_text }, ground)

export const buildNeed: Reducer<'need.build'> = ({ at, args }, ground) =>
  advanceById(args.need, { stage: 'built', at, reason: args.note, customerText: args.customer_text }, ground)
