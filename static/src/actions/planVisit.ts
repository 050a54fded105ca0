import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Channel } from '../shapes/visit'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface PlanVisit {
  visit?: string
  customer: string
  site?: string | null
  /** day, 2026-11-24 */
  plannedFor: string
  /** clock time, 09:30 */
  plannedTime?: string | null
  channel?: Channel
  contact?: string | null
  planNote?: string
}

export async function planVisit(args: PlanVisit): Promise<Saved> {
  const visit = args.visit ?? newId()
  const { customer, site, plannedFor, plannedTime, channel, contact, planNote } = args
  const fields = { visit, customer, site, planned_for: plannedFor, planned_time: plannedTime, channel, contact, plan_note: planNote }
  return save('visit.plan', given<KindArgs['visit.plan']>(fields), visit)
}
