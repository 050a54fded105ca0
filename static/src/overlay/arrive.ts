import { utc } from '../shapes/time'
import { find } from './evidence'
import { NOTHING, type Reducer } from './ground'
import { newVisit } from './newVisit'
import { takesFact } from './rights'

export const arrive: Reducer<'visit.arrive'> = ({ at, args }, ground) => {
  const visit = ground.visit(args.visit) ?? newVisit(ground.actor, { ...args, id: args.visit, made_at: at })
  const isPast = visit.state === 'started' || visit.state === 'finished'
  if (isPast || !takesFact(visit, args.customer, ground)) return NOTHING
  const site = args.site ?? visit.site
  const finding = find(args.position ?? null, site === null ? undefined : ground.site(site))
  return {
    visit: [{ ...visit, site, channel: args.channel ?? visit.channel, state: 'started', arrived_at: utc(at), ...finding }],
  }
}
