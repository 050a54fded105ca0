import type { Alarm } from '../shapes/alarm'
import type { Cause } from '../shapes/cause'
import type { Step } from '../shapes/step'
import { dueAt, isOpen, type Ticket } from '../shapes/ticket'
import { daysBetween } from './words/format'
import type { TicketWords } from './words/tickets.svelte'

interface Speaker {
  count(n: number): string
}

interface Clock extends Speaker {
  readonly now: number
}

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

/** A length as people say it of a promise: minutes, then hours, then days, nothing beside them. */
export function lengthWords(seconds: number, { due }: TicketWords, say: Speaker): string {
  if (seconds < MINUTE_S) return due.soon
  if (seconds < HOUR_S) return due.minutes(say.count(Math.floor(seconds / MINUTE_S)))
  if (seconds < DAY_S) return due.hours(say.count(Math.floor(seconds / HOUR_S)))
  return due.days(say.count(Math.floor(seconds / DAY_S)))
}

/** How much time is left of a promise, or how late it is. */
function leftWords(at: string, words: TicketWords, say: Clock): string {
  const left = (Date.parse(at) - say.now) / 1000
  const length = lengthWords(Math.abs(left), words, say)
  return left >= 0 ? words.due.left(length) : words.due.past(length)
}

/** How an open ticket stands with what was promised, and how one that is over did. Empty where nothing was promised. */
export function dueWords(ticket: Ticket, words: TicketWords, say: Clock): string {
  const { due } = words
  if (!isOpen(ticket)) return overWords(ticket, words)
  const at = dueAt(ticket)
  if (at === null) return standingWords(ticket, words, say)
  const left = leftWords(at, words, say)
  return at === ticket.response_due_at && ticket.response_at === null && at !== ticket.resolution_due_at ? due.answer(left) : left
}

function overWords({ withdrawn_at, resolution_verdict }: Ticket, { due }: TicketWords): string {
  if (withdrawn_at !== null || resolution_verdict === null) return ''
  return resolution_verdict === 'met' ? due.kept : due.missed
}

/** Its clock stands while it waits: what is left of it does not get less. */
function standingWords({ state, resolution_left_s, resolution_verdict }: Ticket, words: TicketWords, say: Speaker): string {
  const { due } = words
  if (resolution_verdict === 'missed') return due.missed
  if (state !== 'waiting') return ''
  const left = resolution_left_s === null ? '' : due.left(lengthWords(resolution_left_s, words, say))
  return [due.waiting, left].filter(Boolean).join(' · ')
}

/** What happened, as a line: who did what to whom. */
export function stepWords(step: Step, { steps, waitsFor }: TicketWords, nameOf: (member: string | null) => string): string {
  const who = nameOf(step.member)
  switch (step.event) {
    case 'assigned':
      if (step.assignee === null) return steps.freed(who)
      return step.assignee === step.member ? steps.taken(who) : steps.assigned(who, nameOf(step.assignee))
    case 'waiting':
      return step.waits_for === null ? '' : waitsFor[step.waits_for]
    default:
      return steps[step.event](who)
  }
}

/** Times that differ by less say the same to a person. */
const SAME_MS = 60_000

function apart(one: string, other: string): boolean {
  return one !== '' && other !== '' && Math.abs(Date.parse(one) - Date.parse(other)) >= SAME_MS
}

/** Whether a step has more than one time to tell of: it was written without a signal, or by a clock that was off. */
export function hasOwnTimes({ made_at, received_at, counts_at, skew_s }: Step): boolean {
  const isOff = skew_s !== null && Math.abs(skew_s) * 1000 >= SAME_MS
  return isOff || apart(made_at, received_at) || apart(made_at, counts_at)
}

/** `skew_s` is server time minus phone time. Empty for a clock that was right. */
export function skewWords(skew: number | null, { steps }: TicketWords, minutes: (n: number) => string): string {
  if (skew === null) return steps.unmeasured
  const off = Math.round(Math.abs(skew) / MINUTE_S)
  if (off === 0) return ''
  return skew < 0 ? steps.fast(minutes(off)) : steps.slow(minutes(off))
}

const RUNGS = ['soon', 'late', 'lead', 'executive'] as const

export function alarmWords({ rung }: Pick<Alarm, 'rung'>, { alarms }: TicketWords): string {
  return alarms[RUNGS[Math.min(Math.max(rung, 0), RUNGS.length - 1)] ?? 'late']
}

/** Those that nobody has acknowledged yet. */
export function waitingAlarms({ alarms }: Pick<Ticket, 'alarms'>): Alarm[] {
  return alarms.filter((alarm) => alarm.acknowledged_at === null)
}

/** What a cause is called: by its words, else by its chip. */
export function causeTitle({ text }: Pick<Cause, 'text'>, chip: string | undefined, { cause }: TicketWords): string {
  return text.trim() || chip || cause.unnamed
}

/** How a cause stands: until when it is looked for, or how long it has been quiet. */
export function causeStanding(
  { state, finding_due_on, watch_until }: Pick<Cause, 'state' | 'finding_due_on' | 'watch_until'>,
  quietDays: number,
  { cause }: TicketWords,
  say: Speaker & { readonly today: string; nearDay(day: string): string },
): string {
  if (state === 'finding' && finding_due_on !== null) {
    const late = daysBetween(finding_due_on, say.today)
    return late > 0 ? cause.findingLate(say.count(late)) : cause.foundBy(say.nearDay(finding_due_on))
  }
  if (state !== 'watching') return ''
  const quiet = quietDays > 0 ? cause.quiet(say.count(quietDays)) : cause.quietNone
  return [quiet, watch_until === null ? '' : cause.until(say.nearDay(watch_until))].filter(Boolean).join(' · ')
}

/** As much of what is wrong as a heading holds. */
const TITLE_MAX = 80

export function shortTitle(text: string): string {
  const [first = ''] = text.trim().split('\n')
  return first.length <= TITLE_MAX ? first : `${first.slice(0, TITLE_MAX).trimEnd()}…`
}

export function spanSeconds({ start, end }: { start: string; end: string }): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 1000)
}
