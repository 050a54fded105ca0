import type { Saved } from './refusal'
import { save } from './save'

/** I answer for this one. */
export async function takeNeed({ need }: { need: string }): Promise<Saved> {
  return save('need.take', { need }, need)
}
