import type { Commitment, Step } from '../shapes/commitment'
import { NOTHING, type Reducer } from './ground'

interface Promised {
  commitment: string
  customer: string
  visit: string | null
  step: Step
  text?: string | undefined
  due_on: string
  made_at: string
}

/** A commitment as it is made. */
export function newCommitment(member: string, made: Promised): Commitment {
  return {
    id: made.commitment,
    customer: made.customer,
    visit: made.visit,
    member,
    step: made.step,
    text: made.text ?? '',
    due_on: made.due_on,
    state: 'open',
    kept_at: null,
    kept_note: '',
    moved_from: null,
    move_reason: '',
    made_at: made.made_at,
    received_at: '',
  }
}

export const makeCommitment: Reducer<'commitment.make'> = ({ at, args }, ground) => {
  const visit = args.visit ? ground.visit(args.visit) : undefined
  const isElsewhere = visit !== undefined && visit.customer !== args.customer
  if (ground.commitment(args.commitment) !== undefined || isElsewhere) return NOTHING
  return { commitment: [newCommitment(ground.actor.id, { ...args, visit: args.visit ?? null, made_at: at })] }
}
