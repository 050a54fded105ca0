import { NOTHING, type Reducer } from './ground'
import { mayChange } from './rights'

export const moveCommitment: Reducer<'commitment.move'> = ({ args }, ground) => {
  const commitment = ground.commitment(args.commitment)
  if (commitment?.state !== 'open' || !mayChange(commitment, ground) || commitment.due_on === args.due_on) return NOTHING
  const { due_on: moved_from } = commitment
  return { commitment: [{ ...commitment, due_on: args.due_on, moved_from, move_reason: args.reason ?? '' }] }
}
