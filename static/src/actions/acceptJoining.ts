import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface AcceptJoining {
  joining: string
  note?: string
}

/** From now on the colleague takes part in the visit. */
export async function acceptJoining({ joining, note }: AcceptJoining): Promise<Saved> {
  return save('joining.accept', given<KindArgs['joining.accept']>({ joining, note }), joining)
}
