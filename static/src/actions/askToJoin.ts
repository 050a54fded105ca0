import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface AskToJoin {
  joining?: string
  visit: string
  /** what there is to see */
  need?: string | null
  note?: string
}

/** May I come along? */
export async function askToJoin({ joining = newId(), ...asked }: AskToJoin): Promise<Saved> {
  return save('joining.ask', given<KindArgs['joining.ask']>({ joining, ...asked }), joining)
}
