import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface MoveCommitment {
  commitment: string
  dueOn: string
  reason?: string
}

export async function moveCommitment({ commitment, dueOn, reason }: MoveCommitment): Promise<Saved> {
  const fields = { commitment, due_on: dueOn, reason }
  return save('commitment.move', given<KindArgs['commitment.move']>(fields), commitment)
}
