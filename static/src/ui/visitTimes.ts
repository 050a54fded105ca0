import type { Visit } from '../shapes/visit'

/** A phone's clock this far off is worth two times on screen. */
const WRONG_CLOCK_S = 600

/** The time the server thinks it really was, when the phone's clock was off. */
export function correctedTime(at: string, visit: Pick<Visit, 'skew_s' | 'flags'>): string | undefined {
  if (visit.skew_s === null || !visit.flags.includes('clock_off')) return undefined
  if (Math.abs(visit.skew_s) < WRONG_CLOCK_S) return undefined
  return new Date(Date.parse(at) + visit.skew_s * 1000).toISOString()
}

/** When the record came in. A visit that was planned came in with its plan, which says nothing about the record. */
export function recordReceivedAt(
  visit: Pick<Visit, 'received_at' | 'logged_at' | 'arrived_at' | 'skew_s' | 'flags'>,
): string | undefined {
  const happened = visit.logged_at ?? visit.arrived_at
  if (!visit.received_at || !happened) return undefined
  const reallyAt = Date.parse(correctedTime(happened, visit) ?? happened)
  return Date.parse(visit.received_at) >= reallyAt - WRONG_CLOCK_S * 1000 ? visit.received_at : undefined
}
