import type { Step } from '../shapes/commitment'
import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface MakeCommitment {
  commitment?: string
  customer: string
  visit?: string | null
  step: Step
  text?: string
  /** day, 2026-11-24 */
  dueOn: string
}

export async function makeCommitment(args: MakeCommitment): Promise<Saved> {
  const commitment = args.commitment ?? newId()
  const { customer, visit, step, text, dueOn } = args
  const fields = { commitment, customer, visit, step, text, due_on: dueOn }
  return save('commitment.make', given<KindArgs['commitment.make']>(fields), commitment)
}
