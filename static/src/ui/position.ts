interface Point {
  latitude: number
  longitude: number
}

/** One point of the phone, as an arrival takes it. */
export interface Fix extends Point {
  /** metres */
  accuracy: number
  /** seconds between the fix and the answer */
  ageS: number
}

export interface Looking {
  /** The best fix there was, or null: refused, none in time, or cut short before one came. */
  fix: Promise<Fix | null>
  /** Ends the search with the best fix so far. */
  stop(): void
}

interface Limits {
  /** how long the search may take */
  searchMs: number
  /** good enough to stop at once */
  goodMetres: number
  /** a fix this old still counts */
  oldestMs: number
}

const LIMITS: Limits = { searchMs: 20_000, goodMetres: 30, oldestMs: 300_000 }

const RECENT_MS = 30_000

/** Looks for one point, never longer than the limit, and never fails. */
export function findPosition(source: Geolocation | undefined, limits: Limits = LIMITS): Looking {
  let best: GeolocationPosition | undefined
  let stop = () => {}
  const fix = new Promise<Fix | null>((resolve) => {
    if (!source) return resolve(null)
    let isDone = false
    let watch: number | undefined
    stop = () => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      if (watch !== undefined) source.clearWatch(watch)
      resolve(best ? toFix(best, Date.now()) : null)
    }
    const timer = setTimeout(stop, limits.searchMs)
    watch = source.watchPosition(
      (position) => {
        if (!best || isBetter(position, best)) best = position
        if (isRecent(best) && best.coords.accuracy <= limits.goodMetres) stop()
      },
      // Refused is final; a lost signal may come back before the time is up.
      (error) => error.code === error.PERMISSION_DENIED && stop(),
      { enableHighAccuracy: true, maximumAge: limits.oldestMs, timeout: limits.searchMs },
    )
    // A source may answer before it has given its number away.
    if (isDone) source.clearWatch(watch)
  })
  return { fix, stop: () => stop() }
}

/** A sharp point of four minutes ago may be three kilometres back down the road: recent comes before sharp. */
function isBetter(position: GeolocationPosition, best: GeolocationPosition): boolean {
  if (isRecent(position) !== isRecent(best)) return isRecent(position)
  return position.coords.accuracy < best.coords.accuracy
}

function isRecent({ timestamp }: GeolocationPosition): boolean {
  return Date.now() - timestamp <= RECENT_MS
}

function toFix({ coords, timestamp }: GeolocationPosition, now: number): Fix {
  return {
    latitude: coords.latitude,
    longitude: coords.longitude,
    accuracy: coords.accuracy,
    ageS: Math.max(0, Math.round((now - timestamp) / 1000)),
  }
}

/** A point for sorting by distance, only where the person has allowed it before: never asks. */
export async function positionIfAllowed(): Promise<Fix | null> {
  try {
    const permission = await navigator.permissions.query({ name: 'geolocation' })
    if (permission.state !== 'granted') return null
    return await findPosition(navigator.geolocation, { searchMs: 3_000, goodMetres: 500, oldestMs: 300_000 }).fix
  } catch {
    return null
  }
}

/** Metres between two points, near enough for sorting. */
export function metresBetween(a: Point, b: Point): number {
  const radians = Math.PI / 180
  const x = (b.longitude - a.longitude) * radians * Math.cos(((a.latitude + b.latitude) / 2) * radians)
  const y = (b.latitude - a.latitude) * radians
  return Math.hypot(x, y) * 6_371_008.8
}
