import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Channel } from '../shapes/visit'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface Arrive {
  visit?: string
  customer: string
  site?: string | null
  channel?: Channel
  /** accuracy in metres, ageS in seconds */
  position?: { latitude: number; longitude: number; accuracy: number; ageS: number } | null
}

/** I am here: starts a planned visit, or a new one. */
export async function arrive(args: Arrive): Promise<Saved> {
  const visit = args.visit ?? newId()
  const { customer, site, channel, position } = args
  const fix = position && {
    latitude: position.latitude,
    longitude: position.longitude,
    accuracy: position.accuracy,
    age_s: position.ageS,
  }
  return save('visit.arrive', given<KindArgs['visit.arrive']>({ visit, customer, site, channel, position: fix }), visit)
}
