import type { KindArgs } from '../shapes/entry'
import { utc } from '../shapes/time'
import type { Visit } from '../shapes/visit'
import { NOTHING, type Reducer } from './ground'
import { isMine } from './rights'

function given(args: KindArgs['visit.amend']): Partial<Visit> {
  const { outcome, note, contact, product, minutes } = args
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(note === undefined ? {} : { note }),
    ...(contact === undefined ? {} : { contact }),
    ...(product === undefined ? {} : { product }),
    ...(minutes === undefined ? {} : { minutes, is_estimated: true }),
  }
}

export const amendVisit: Reducer<'visit.amend'> = ({ at, args }, ground) => {
  const visit = ground.visit(args.visit)
  if (visit === undefined || !isMine(visit, ground) || visit.withdrawn_at !== null || visit.state !== 'finished') return NOTHING
  const values = given(args)
  // A reason alone amends nothing.
  if (Object.keys(values).length === 0) return NOTHING
  return { visit: [{ ...visit, ...values, amended_at: utc(at), amend_reason: args.reason ?? '' }] }
}
