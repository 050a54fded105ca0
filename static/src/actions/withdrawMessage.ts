import type { Saved } from './refusal'
import { save } from './save'

export async function withdrawMessage({ message }: { message: string }): Promise<Saved> {
  return save('message.withdraw', { message }, message)
}
