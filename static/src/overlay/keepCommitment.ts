import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { mayChange } from './rights'

export const keepCommitment: Reducer<'commitment.keep'> = ({ at, args }, ground) => {
  const commitment = ground.commitment(args.commitment)
  if (commitment?.state !== 'open' || !mayChange(commitment, ground)) return NOTHING
  return { commitment: [{ ...commitment, state: 'kept', kept_at: utc(at), kept_note: args.note ?? '' }] }
}
