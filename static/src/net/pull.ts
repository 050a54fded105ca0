import { readPull, type PullAnswer } from '../shapes/messages'
import { sendSigned } from './csrf'
import { understood, type Understood } from './understood'

export interface PullMessage {
  org: string
  replica: string
  cursor: string | null
  max_bytes?: number
  /** streams to be fetched from the beginning */
  refetch?: string[]
}

export async function pull(message: PullMessage): Promise<Understood<PullAnswer>> {
  return understood(await sendSigned({ method: 'POST', path: '/api/sync/v1/pull', body: message }), readPull)
}
