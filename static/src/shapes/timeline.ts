import { CLOCKS, type ClockName } from './alarm'
import { choiceOrNull, flag, isFields, number, text, textOrNull, type Fields } from './fields'

/** counted: it ran. closed: no business hour. paused: it waited. stopped: it was answered or solved. */
export const SPAN_KINDS = ['counted', 'closed', 'paused', 'stopped'] as const
export type SpanKind = (typeof SPAN_KINDS)[number]

/** A stretch of a clock, and why it ran or stood. */
export interface Span {
  start: string
  end: string
  kind: SpanKind
}

/** What one clock of a ticket did, in business seconds. */
export interface ExplainedClock {
  clock: ClockName
  allowance_s: number
  used_s: number
  left_s: number
  due_at: string | null
  is_missed: boolean
  /** oldest first, without a gap */
  spans: Span[]
}

export interface Timeline {
  /** none where nothing is promised */
  clocks: ExplainedClock[]
}

function readSpan(f: Fields): Span | undefined {
  const kind = choiceOrNull(f, 'kind', SPAN_KINDS)
  return kind === null ? undefined : { start: text(f, 'start'), end: text(f, 'end'), kind }
}

function readClock(f: Fields): ExplainedClock | undefined {
  const clock = choiceOrNull(f, 'clock', CLOCKS)
  if (clock === null) return undefined
  return {
    clock,
    allowance_s: number(f, 'allowance_s'),
    used_s: number(f, 'used_s'),
    left_s: number(f, 'left_s'),
    due_at: textOrNull(f, 'due_at'),
    is_missed: flag(f, 'is_missed'),
    spans: Array.isArray(f.spans) ? f.spans.filter(isFields).flatMap((one) => readSpan(one) ?? []) : [],
  }
}

export function readTimeline(value: unknown): Timeline | undefined {
  if (!isFields(value) || !Array.isArray(value.clocks)) return undefined
  return { clocks: value.clocks.filter(isFields).flatMap((one) => readClock(one) ?? []) }
}
