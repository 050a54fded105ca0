import type { Milestone, Need } from '../shapes/need'
import type { Ground } from './ground'

type What = Partial<Pick<Milestone, 'event' | 'other' | 'customer' | 'reason'>>

/** The need with one more line of what became of it, by the actor. */
export function passed(need: Need, at: string, { actor }: Ground, what: What = {}): Need {
  const milestone: Milestone = {
    event: 'stage',
    stage: need.stage,
    other: null,
    member: actor.id,
    customer: null,
    reason: '',
    made_at: at,
    ...what,
  }
  return { ...need, milestones: [...need.milestones, milestone] }
}
