import { readPush, type PushAnswer } from '../shapes/messages'
import { sendSigned } from './csrf'
import { understood, type Understood } from './understood'

export interface PushMessage {
  proto: 1
  org: string
  replica: string
  sent_at: string
  first_n: number
  /** entry texts, byte for byte as they were saved */
  entries: string[]
}

export async function push(message: PushMessage): Promise<Understood<PushAnswer>> {
  return understood(await sendSigned({ method: 'POST', path: '/api/sync/v1/push', body: message }), readPush)
}
