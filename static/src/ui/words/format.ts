import type { Dict } from './ko'

export interface Locale {
  language: 'ko' | 'en'
  /** where the organization counts its days */
  zone: string
  words: Dict
}

const TAGS = { ko: 'ko-KR', en: 'en-GB' } as const
const DAY_MS = 86_400_000

type DateParts = Intl.DateTimeFormatOptions
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const numberFormats = new Map<string, Intl.NumberFormat>()

// Building an Intl format costs more than using it a hundred times, and lists use it per row.
function dateFormat(tag: string, zone: string, parts: DateParts): Intl.DateTimeFormat {
  const key = `${tag}|${zone}|${JSON.stringify(parts)}`
  let format = dateFormats.get(key)
  if (!format) dateFormats.set(key, (format = new Intl.DateTimeFormat(tag, { timeZone: zone, ...parts })))
  return format
}

function numberFormat(tag: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${tag}|${JSON.stringify(options)}`
  let format = numberFormats.get(key)
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(tag, options)))
  return format
}

/** The day (2026-11-24) a moment falls on. */
export function dayOf(at: string | number | Date, zone: string): string {
  return dateFormat('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at))
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The same day of the next month, or its last day. */
export function addMonth(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10)
}

export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** 2026. 11. 23. (월) */
export function longDay(day: string, { language }: Locale): string {
  return formatDay(day, language, { year: 'numeric' })
}

/** 2026년 10월 */
export function month(value: string, { language }: Locale): string {
  return dateFormat(TAGS[language], 'UTC', { year: 'numeric', month: 'long' }).format(new Date(`${value}-01T00:00:00Z`))
}

/** 11. 23. (월); with the year when it is not this one. */
export function shortDay(day: string, today: string, { language }: Locale): string {
  return formatDay(day, language, day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' })
}

function formatDay(day: string, language: Locale['language'], year: DateParts): string {
  const month = language === 'ko' ? 'numeric' : 'short'
  const at = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(at.getTime())) return day
  return dateFormat(TAGS[language], 'UTC', { ...year, month, day: 'numeric', weekday: 'short' }).format(at)
}

/** 오늘, 내일, 어제, else the short day. */
export function nearDay(day: string, today: string, locale: Locale): string {
  const { time } = locale.words
  const distance = daysBetween(today, day)
  if (distance === 0) return time.today
  if (distance === 1) return time.tomorrow
  if (distance === -1) return time.yesterday
  return shortDay(day, today, locale)
}

/** 14:02 */
export function clock(at: string, { zone }: Locale): string {
  return dateFormat('en-GB', zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

/** 14:02 today, otherwise with its day: a bare time that is older would mislead. */
export function moment(at: string, now: number, locale: Locale): string {
  const today = dayOf(now, locale.zone)
  const day = dayOf(at, locale.zone)
  return day === today ? clock(at, locale) : `${nearDay(day, today, locale)} ${clock(at, locale)}`
}

/** 방금, 3분 전, 2시간 전; after a day the moment itself. */
export function ago(at: string, now: number, locale: Locale): string {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000)
  if (minutes >= 24 * 60 || minutes < -1) return moment(at, now, locale)
  if (minutes < 1) return locale.words.time.now
  const relative = new Intl.RelativeTimeFormat(TAGS[locale.language], { style: 'short' })
  return minutes < 60 ? relative.format(-minutes, 'minute') : relative.format(-Math.floor(minutes / 60), 'hour')
}

export function count(n: number, { language }: Pick<Locale, 'language'>): string {
  return numberFormat(TAGS[language]).format(n)
}

/** So many places after the point at most: 2.3 */
export function decimal(n: number, { language }: Pick<Locale, 'language'>, digits = 1): string {
  return numberFormat(TAGS[language], { maximumFractionDigits: digits }).format(n)
}

/** A share of one, 0.42, as 42% */
export function percent(share: number, { language }: Pick<Locale, 'language'>): string {
  return numberFormat(TAGS[language], { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** 120m, 1.2km */
export function distance(metres: number, { language }: Pick<Locale, 'language'>): string {
  const isFar = metres >= 1000
  return numberFormat(TAGS[language], {
    style: 'unit',
    unit: isFar ? 'kilometer' : 'meter',
    unitDisplay: 'short',
    maximumFractionDigits: isFar && metres < 10_000 ? 1 : 0,
  }).format(isFar ? metres / 1000 : metres)
}

/** 45분, 1시간 20분 */
export function minutesLong(minutes: number, locale: Locale): string {
  const { time } = locale.words
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return time.minutes(count(rest, locale))
  return rest === 0 ? time.hours(count(hours, locale)) : time.hoursMinutes(count(hours, locale), count(rest, locale))
}

export function secondsLong(seconds: number, locale: Locale): string {
  return seconds < 60
    ? locale.words.time.seconds(count(Math.max(1, Math.round(seconds)), locale))
    : minutesLong(Math.round(seconds / 60), locale)
}

/** 12MB, 1.4GB */
export function bytes(n: number, { language }: Pick<Locale, 'language'>): string {
  const isLarge = n >= 1_000_000_000
  return numberFormat(TAGS[language], {
    style: 'unit',
    unit: isLarge ? 'gigabyte' : 'megabyte',
    unitDisplay: 'short',
    maximumFractionDigits: isLarge || n < 10_000_000 ? 1 : 0,
  }).format(n / (isLarge ? 1_000_000_000 : 1_000_000))
}
