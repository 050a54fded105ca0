import { readHello, type Digests, type HelloAnswer, type Loss } from '../shapes/messages'
import { sendSigned } from './csrf'
import { understood, type Understood } from './understood'

export interface HelloMessage {
  proto: 1
  app: string
  org: string
  replica: string
  pending: { count: number; max_n: number }
  /** what went with the storage of before, as far as this phone remembers */
  lost?: Loss
  /** what the base holds at this cursor; only said at the head */
  digests?: { cursor: string; streams: Digests }
}

export async function hello(message: HelloMessage): Promise<Understood<HelloAnswer>> {
  return understood(await sendSigned({ method: 'POST', path: '/api/sync/v1/hello', body: message }), readHello)
}
