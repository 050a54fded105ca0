import { NOTHING, type Reducer } from './ground'
import { newVisit } from './newVisit'

export const planVisit: Reducer<'visit.plan'> = ({ at, args }, ground) => {
  if (ground.visit(args.visit) !== undefined) return NOTHING
  const made = newVisit(ground.actor, { ...args, id: args.visit, made_at: at })
  return {
    visit: [
      {
        ...made,
        contact: args.contact ?? null,
        planned_for: args.planned_for,
        planned_time: args.planned_time ?? null,
        plan_note: args.plan_note ?? '',
      },
    ],
  }
}
