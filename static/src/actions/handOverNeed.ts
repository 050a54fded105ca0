import type { Saved } from './refusal'
import { save } from './save'

export interface HandOverNeed {
  need: string
  /** null: back to all */
  owner: string | null
}

export async function handOverNeed({ need, owner }: HandOverNeed): Promise<Saved> {
  return save('need.hand_over', { need, owner }, need)
}
