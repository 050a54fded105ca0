import { newId } from '../shapes/id'
import type { Audience } from '../shapes/message'
import type { Saved } from './refusal'
import { save } from './save'

export interface WriteMessage {
  message?: string
  ticket: string
  /** customer: it is written down what the customer was told */
  audience: Audience
  text: string
}

export async function writeMessage({ message = newId(), ticket, audience, text }: WriteMessage): Promise<Saved> {
  return save('message.write', { message, ticket, audience, text }, message)
}
