import type { Saved } from './refusal'
import { save } from './save'

export interface EditReply {
  reply: string
  /** what the customer will read */
  text: string
}

export async function editReply({ reply, text }: EditReply): Promise<Saved> {
  return save('reply.edit', { reply, text }, reply)
}
