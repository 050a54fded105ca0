import { readFreshness, type FreshnessAnswer } from '../shapes/freshness'
import { send } from './http'
import { understood, type Understood } from './understood'

export async function getFreshness(): Promise<Understood<FreshnessAnswer>> {
  return understood(await send({ method: 'GET', path: '/api/v1/freshness/' }), readFreshness)
}
