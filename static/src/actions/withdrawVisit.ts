import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface WithdrawVisit {
  visit: string
  reason?: string
}

export async function withdrawVisit({ visit, reason }: WithdrawVisit): Promise<Saved> {
  return save('visit.withdraw', given<KindArgs['visit.withdraw']>({ visit, reason }), visit)
}
