import { readHistoryPage, type HistoryPage } from '../shapes/fieldEdit'
import type { SharedName } from '../shapes/shared'
import { send } from './http'
import { pathOf } from './page'
import { understood, type Understood } from './understood'

export async function getHistory(shape: SharedName, id: string, fields: readonly string[]): Promise<Understood<HistoryPage>> {
  // One field is asked for by name; the few that belong together are picked out of all.
  const query = fields.length === 1 ? `?field=${encodeURIComponent(fields[0] ?? '')}` : ''
  return getPage(`/api/v1/${shape}s/${encodeURIComponent(id)}/history/${query}`)
}

/** An older page, by the address the newer one gave. */
export async function getOlderHistory(next: string): Promise<Understood<HistoryPage>> {
  return getPage(pathOf(next))
}

async function getPage(path: string): Promise<Understood<HistoryPage>> {
  return understood(await send({ method: 'GET', path }), readHistoryPage)
}
