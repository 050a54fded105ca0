import * as format from './format'
import { ko, type Dict } from './ko'

type Language = 'ko' | 'en'

let language = $state<Language>('ko')
let words = $state.raw<Dict>(ko)
let wanted: Language = 'ko'
let zone = $state(Intl.DateTimeFormat().resolvedOptions().timeZone)
let now = $state(Date.now())

/** Every visible text, in the language of this moment. */
export function t(): Dict {
  return words
}

/** Turns to another language as soon as its words are there; English is a piece of its own. */
export async function speak(next: Language): Promise<void> {
  wanted = next
  const dict = next === 'ko' ? ko : await english()
  if (wanted !== next || !dict) return
  words = dict
  language = next
}

async function english(): Promise<Dict | undefined> {
  try {
    return (await import('./en')).en
  } catch {
    return undefined
  }
}

export function countDaysIn(next: string): void {
  zone = next
}

/** Times on screen grow old by themselves. The answer stops the clock. */
export function startClock(): () => void {
  const turn = () => (now = Date.now())
  const timer = setInterval(turn, 20_000)
  document.addEventListener('visibilitychange', turn)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', turn)
  }
}

const locale = (): format.Locale => ({ language, zone, words })

export const say = {
  get language() {
    return language
  },
  /** The organization's present day, 2026-11-24. */
  get today() {
    return format.dayOf(now, zone)
  },
  get now() {
    return now
  },
  dayOf: (at: string) => format.dayOf(at, zone),
  longDay: (day: string) => format.longDay(day, locale()),
  shortDay: (day: string) => format.shortDay(day, format.dayOf(now, zone), locale()),
  month: (month: string) => format.month(month, locale()),
  nearDay: (day: string) => format.nearDay(day, format.dayOf(now, zone), locale()),
  clock: (at: string) => format.clock(at, locale()),
  moment: (at: string) => format.moment(at, now, locale()),
  ago: (at: string) => format.ago(at, now, locale()),
  count: (n: number) => format.count(n, { language }),
  decimal: (n: number, digits = 1) => format.decimal(n, { language }, digits),
  percent: (share: number) => format.percent(share, { language }),
  distance: (metres: number) => format.distance(metres, { language }),
  minutes: (n: number) => format.minutesLong(n, locale()),
  seconds: (n: number) => format.secondsLong(n, locale()),
  bytes: (n: number) => format.bytes(n, { language }),
}

/** Why this phone did not save, for any error an action throws. */
export function refusalSentence(error: unknown): string {
  const { refusal } = t()
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && Object.hasOwn(refusal, code)
    ? refusal[code as keyof Dict['refusal']]
    : refusal.unexpected
}
