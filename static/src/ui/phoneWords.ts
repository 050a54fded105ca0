import type { PhoneItem } from '../store/console'
import type { ManageWords } from './words/manage.svelte'

interface Speaker {
  readonly now: number
  count(n: number): string
  minutes(n: number): string
}

/** Clocks that are less off than this disturb nobody. */
const CLOCK_OFF_MS = 600_000
const HOUR_MS = 3_600_000

export const SILENT_HOURS = [4, 24, 72] as const

/** Not heard of for so many hours, with work waiting on it. */
export function isSilent({ pending, last_contact_at: at }: Pick<PhoneItem, 'pending' | 'last_contact_at'>, hours: number, now: number): boolean {
  return pending > 0 && (at === null || now - Date.parse(at) > hours * HOUR_MS)
}

/** How much went with a storage that was cleared; empty when nothing did. */
export function lostWords({ lost_written_n: written, lost_received_n: received }: Pick<PhoneItem, 'lost_written_n' | 'lost_received_n'>, { phones }: ManageWords, say: Speaker): string {
  return written > received ? phones.lost(say.count(written), say.count(received)) : ''
}

/** `skew_ms` is server time minus phone time. */
export function clockWords({ skew_ms: skew }: Pick<PhoneItem, 'skew_ms'>, { phones }: ManageWords, say: Speaker): string {
  if (Math.abs(skew) <= CLOCK_OFF_MS) return ''
  const length = say.minutes(Math.round(Math.abs(skew) / 60_000))
  return skew < 0 ? phones.clockFast(length) : phones.clockSlow(length)
}
