import type { Commitment } from '../shapes/commitment'
import type { NextStep } from '../shapes/entry'
import { utc } from '../shapes/time'
import type { Visit } from '../shapes/visit'
import { minutesBetween } from './evidence'
import { NOTHING, type Reducer } from './ground'
import { newCommitment } from './makeCommitment'
import { newVisit } from './newVisit'
import { takesFact } from './rights'

function duration(visit: Visit, minutes: number | null, loggedAt: string): Pick<Visit, 'minutes' | 'is_estimated'> {
  if (minutes !== null) return { minutes, is_estimated: true }
  if (visit.arrived_at === null) return { minutes: null, is_estimated: false }
  return { minutes: minutesBetween(visit.arrived_at, loggedAt), is_estimated: false }
}

function promised(step: NextStep, visit: Visit, at: string): Commitment {
  return newCommitment(visit.member, { ...step, customer: visit.customer, visit: visit.id, made_at: at })
}

export const logVisit: Reducer<'visit.log'> = ({ at, args }, ground) => {
  const visit = ground.visit(args.visit) ?? newVisit(ground.actor, { ...args, id: args.visit, made_at: at })
  if (visit.state === 'finished' || !takesFact(visit, args.customer, ground)) return NOTHING
  const logged: Visit = {
    ...visit,
    site: args.site ?? visit.site,
    channel: args.channel ?? visit.channel,
    state: 'finished',
    outcome: args.outcome,
    note: args.note ?? '',
    contact: args.contact ?? visit.contact,
    product: args.product ?? null,
    logged_at: utc(at),
    verdict: visit.verdict ?? 'logged_later',
    ...duration(visit, args.minutes ?? null, at),
  }
  const step = args.next_step
  return step ? { visit: [logged], commitment: [promised(step, logged, at)] } : { visit: [logged] }
}
