import type { Position } from '../shapes/entry'
import type { Site } from '../shapes/site'
import type { Verdict } from '../shapes/visit'

/** Mean radius of the Earth in metres, IUGG. */
const EARTH_RADIUS_M = 6_371_008.8
const OLDEST_FIX_S = 300
const MOST_ACCURACY_M = 500

export interface Finding {
  verdict: Verdict
  distance_m: number | null
  accuracy_m: number | null
  fix_age_s: number | null
}

const NO_FIX: Finding = { verdict: 'no_fix', distance_m: null, accuracy_m: null, fix_age_s: null }

interface Place {
  latitude: number
  longitude: number
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

/** Great-circle distance in metres. */
export function haversine(from: Place, to: Place): number {
  const phi = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2
  const lambda = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  const a = phi + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * lambda
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(a))
}

/** Halves go up, as on the server. */
export function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5)
}

function isPossible(position: Position): boolean {
  const { latitude, longitude, accuracy, age_s } = position
  const isNowhere = latitude === 0 && longitude === 0
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !isNowhere && accuracy >= 0 && age_s >= 0
}

/** Compares a fix with a site. The geofence grows with the accuracy of the fix, up to 500 m. */
export function find(position: Position | null, site: Site | undefined): Finding {
  if (position === null || !isPossible(position)) return NO_FIX
  const seen = { accuracy_m: roundHalfUp(position.accuracy), fix_age_s: roundHalfUp(position.age_s) }
  if (position.age_s > OLDEST_FIX_S || site?.latitude == null || site.longitude == null) {
    return { verdict: 'no_fix', distance_m: null, ...seen }
  }
  const distance = haversine(position, { latitude: site.latitude, longitude: site.longitude })
  const isNear = distance <= site.geofence_m + Math.min(position.accuracy, MOST_ACCURACY_M)
  return { verdict: isNear ? 'verified' : 'out_of_range', distance_m: roundHalfUp(distance / 10) * 10, ...seen }
}

/** Whole minutes, rounded up, within a day. */
export function minutesBetween(start: string, end: string): number {
  const minutes = Math.ceil((Date.parse(end) - Date.parse(start)) / 60_000)
  return Math.min(Math.max(minutes, 1), 24 * 60)
}
