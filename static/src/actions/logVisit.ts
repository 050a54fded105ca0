import type { Step } from '../shapes/commitment'
import type { KindArgs, NextStep } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Channel, Outcome } from '../shapes/visit'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface LogVisit {
  visit?: string
  customer: string
  site?: string | null
  outcome: Outcome
  channel?: Channel
  note?: string
  contact?: string | null
  product?: string | null
  /** from a chip, so an estimate; left out when arrival and save tell it */
  minutes?: number | null
  nextStep?: { commitment?: string; step: Step; dueOn: string; text?: string } | null
}

function step(next: LogVisit['nextStep']): KindArgs['visit.log']['next_step'] | undefined {
  return next && given<NextStep>({ commitment: next.commitment ?? newId(), step: next.step, due_on: next.dueOn, text: next.text })
}

/** What came of a visit. Makes the visit when nobody planned or started it. */
export async function logVisit(args: LogVisit): Promise<Saved> {
  const visit = args.visit ?? newId()
  const { customer, site, outcome, channel, note, contact, product, minutes } = args
  const fields = { visit, customer, site, outcome, channel, note, contact, product, minutes, next_step: step(args.nextStep) }
  return save('visit.log', given<KindArgs['visit.log']>(fields), visit)
}
