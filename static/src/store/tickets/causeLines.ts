import type { Cause } from '../../shapes/cause'
import { daysBetween } from '../../shapes/time'
import type { Reader } from '../needs/reader'
import { present } from '../present'
import type { CauseLine } from './lines'
import { chipsById } from './ticketLines'

/** Since it was watched, or since it came back last. */
function quietDays({ watch_from, last_recurred_on }: Cause, today: string): number {
  const since = [watch_from, last_recurred_on].filter((day) => day !== null).sort().at(-1)
  return since === undefined ? 0 : Math.max(0, daysBetween(since, today))
}

function daysLeft({ state, finding_due_on, watch_until }: Cause, today: string): number | null {
  const end = state === 'finding' ? finding_due_on : watch_until
  return end === null || state === 'proved' ? null : daysBetween(today, end)
}

export async function causeLines(reader: Reader, causes: readonly Cause[]): Promise<CauseLine[]> {
  const customers = await reader.customers(causes.map((cause) => cause.customer))
  const sites = await reader.byId('site', causes.map((cause) => cause.site))
  const assets = await reader.byId('asset', causes.map((cause) => cause.asset))
  const chips = await chipsById(reader, causes.map((cause) => cause.chip))
  const undoable = await reader.undoable('cause')
  const today = await reader.dayOf(new Date(reader.now))
  return causes.map((cause) => ({
    cause,
    ...reader.mark('cause', cause),
    quietDays: quietDays(cause, today),
    daysLeft: daysLeft(cause, today),
    ...present<Pick<CauseLine, 'customer' | 'site' | 'asset' | 'chip' | 'owner' | 'undoUntil'>>({
      customer: customers.get(cause.customer),
      site: sites.get(cause.site ?? ''),
      asset: assets.get(cause.asset ?? ''),
      chip: chips.get(cause.chip ?? ''),
      owner: reader.member(cause.member),
      undoUntil: undoable.get(cause.id),
    }),
  }))
}
