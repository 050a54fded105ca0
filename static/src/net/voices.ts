import { readVoicePage, type VoicePage } from '../shapes/voice'
import { send } from './http'
import { pathOf } from './page'
import { understood, type Understood } from './understood'

const PAGE = 200

/** What I may see of a need and of all that are merged into it, newest first; also what is too old for this phone. */
export async function getVoices(need: string, next?: string): Promise<Understood<VoicePage>> {
  const query = new URLSearchParams({ group: need, limit: String(PAGE) }).toString()
  const path = next === undefined ? `/api/v1/voices/?${query}` : pathOf(next)
  return understood(await send({ method: 'GET', path }), readVoicePage)
}
