import { readHello, type HelloAnswer } from '../shapes/messages'
import { sendSigned } from './csrf'
import { understood, type Understood } from './understood'

export interface HelloMessage {
  proto: 1
  app: string
  org: string
  replica: string
  pending: { count: number; max_n: number }
}

export async function hello(message: HelloMessage): Promise<Understood<HelloAnswer>> {
  return understood(await sendSigned({ method: 'POST', path: '/api/sync/v1/hello', body: message }), readHello)
}
