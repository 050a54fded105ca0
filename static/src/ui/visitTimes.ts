import type { Visit } from '../shapes/visit'

/** A phone's clock this far off is worth two times on screen. */
const WRONG_CLOCK_S = 600

/** The time the server thinks it really was, when the phone's clock was off. */
export function correctedTime(at: string, visit: Pick<Visit, 'skew_s' | 'flags'>): string | undefined {
  if (visit.skew_s === null || !visit.flags.includes('clock_off')) return undefined
  if (Math.abs(visit.skew_s) < WRONG_CLOCK_S) return undefined
  return new Date(Date.parse(at) + visit.skew_s * 1000).toISOString()
}
