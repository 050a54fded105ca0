import type { Saved } from './refusal'
import { save } from './save'

/** I need not come along after all. */
export async function withdrawJoining({ joining }: { joining: string }): Promise<Saved> {
  return save('joining.withdraw', { joining }, joining)
}
