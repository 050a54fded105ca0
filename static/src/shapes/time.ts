function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0')
}

/** The phone's own time with its offset: 2026-11-24T12:31:00.123+09:00. */
export function phoneTime(now: Date): string {
  const offset = -now.getTimezoneOffset()
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, -1)
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

/** The same instant in UTC with milliseconds, as rows carry it. */
export function utc(time: string): string {
  return new Date(time).toISOString()
}

const calendars = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than using it a hundred times. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  calendars.set(timeZone, made)
  return made
}

/** The day at a place: 2026-11-24. */
export function dayOf(time: string | Date, timeZone: string): string {
  return calendarOf(timeZone).format(new Date(time))
}

/** So many days later: 2026-11-24 and 1 give 2026-11-25. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

export function daysBetween(earlier: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000)
}
