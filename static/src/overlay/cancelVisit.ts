import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { isMine } from './rights'

export const cancelVisit: Reducer<'visit.cancel'> = ({ at, args }, ground) => {
  const visit = ground.visit(args.visit)
  if (visit === undefined || !isMine(visit, ground) || visit.withdrawn_at !== null || visit.state !== 'planned') return NOTHING
  return { visit: [{ ...visit, state: 'cancelled', cancelled_at: utc(at) }] }
}
