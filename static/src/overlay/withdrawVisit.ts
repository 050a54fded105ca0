import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { isMine } from './rights'

export const withdrawVisit: Reducer<'visit.withdraw'> = ({ at, args }, ground) => {
  const visit = ground.visit(args.visit)
  if (visit === undefined || !isMine(visit, ground) || visit.withdrawn_at !== null) return NOTHING
  const open = ground.all('commitment').filter((commitment) => commitment.visit === visit.id && commitment.state === 'open')
  return {
    visit: [{ ...visit, withdrawn_at: utc(at), withdraw_reason: args.reason ?? '' }],
    ...(open.length === 0 ? {} : { commitment: open.map((commitment) => ({ ...commitment, state: 'withdrawn' as const })) }),
  }
}
