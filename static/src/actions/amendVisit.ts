import type { KindArgs } from '../shapes/entry'
import type { Outcome } from '../shapes/visit'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface AmendVisit {
  visit: string
  outcome?: Outcome
  note?: string
  contact?: string | null
  product?: string | null
  minutes?: number | null
  reason?: string
}

export async function amendVisit(args: AmendVisit): Promise<Saved> {
  const { visit, outcome, note, contact, product, minutes, reason } = args
  const fields = { visit, outcome, note, contact, product, minutes: minutes ?? undefined, reason }
  return save('visit.amend', given<KindArgs['visit.amend']>(fields), visit)
}
