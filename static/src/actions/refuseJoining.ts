import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface RefuseJoining {
  joining: string
  note?: string
}

export async function refuseJoining({ joining, note }: RefuseJoining): Promise<Saved> {
  return save('joining.refuse', given<KindArgs['joining.refuse']>({ joining, note }), joining)
}
