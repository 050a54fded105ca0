import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface KeepCommitment {
  commitment: string
  note?: string
}

export async function keepCommitment({ commitment, note }: KeepCommitment): Promise<Saved> {
  return save('commitment.keep', given<KindArgs['commitment.keep']>({ commitment, note }), commitment)
}
