import type { Params as ServerParams } from '../../shapes/settled'
import { en } from './en'
import * as format from './format'
import { ko, type Dict } from './ko'

const dicts = { ko, en }

let language = $state<'ko' | 'en'>('ko')
let zone = $state(Intl.DateTimeFormat().resolvedOptions().timeZone)
let now = $state(Date.now())

/** Every visible text, in the language of this moment. */
export function t(): Dict {
  return dicts[language]
}

export function speak(next: 'ko' | 'en'): void {
  language = next
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

const locale = (): format.Locale => ({ language, zone, words: dicts[language] })

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
  nearDay: (day: string) => format.nearDay(day, format.dayOf(now, zone), locale()),
  clock: (at: string) => format.clock(at, locale()),
  moment: (at: string) => format.moment(at, now, locale()),
  ago: (at: string) => format.ago(at, now, locale()),
  count: (n: number) => format.count(n, { language }),
  distance: (metres: number) => format.distance(metres, { language }),
  minutes: (n: number) => format.minutesLong(n, locale()),
  seconds: (n: number) => format.secondsLong(n, locale()),
  bytes: (n: number) => format.bytes(n, { language }),
}

/** Why the server put an entry aside, with what the person can do. */
export function parkedSentence(code: string | undefined, params: ServerParams = {}): string {
  const { parked, field } = t()
  const sentence = code && Object.hasOwn(parked, code) ? parked[code as keyof Dict['parked']] : parked.unknown
  const name = typeof params.field === 'string' ? lastPart(params.field) : ''
  const known = Object.hasOwn(field, name) ? field[name as keyof Dict['field']] : field.unknown
  return sentence({ field: known, min: numeral(params.min), max: numeral(params.max) })
}

/** `next_step.due_on` is about the due date. */
function lastPart(path: string): string {
  return path.split('.').at(-1) ?? path
}

function numeral(value: unknown): string {
  return typeof value === 'number' ? say.count(value) : typeof value === 'string' ? value : ''
}

/** Why this phone did not save, for any error an action throws. */
export function refusalSentence(error: unknown): string {
  const { refusal } = t()
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && Object.hasOwn(refusal, code)
    ? refusal[code as keyof Dict['refusal']]
    : refusal.unexpected
}
