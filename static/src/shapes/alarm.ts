import { choiceOrNull, isFields, number, text, textOrNull, type Fields } from './fields'

/** What is promised of a ticket: a first answer, and that it is resolved. */
export const CLOCKS = ['response', 'resolution'] as const
export type ClockName = (typeof CLOCKS)[number]

/** Somebody was told that a promise runs out or was broken. */
export interface Alarm {
  clock: ClockName
  /** how far up it went: 0 a warning, 1 late, 2 the lead, 3 executives */
  rung: number
  due_at: string
  raised_at: string
  acknowledged_at: string | null
  acknowledged_by: string | null
}

function readAlarm(f: Fields): Alarm | undefined {
  const clock = choiceOrNull(f, 'clock', CLOCKS)
  if (clock === null) return undefined
  return {
    clock,
    rung: number(f, 'rung'),
    due_at: text(f, 'due_at'),
    raised_at: text(f, 'raised_at'),
    acknowledged_at: textOrNull(f, 'acknowledged_at'),
    acknowledged_by: textOrNull(f, 'acknowledged_by'),
  }
}

export function readAlarms({ alarms }: Fields): Alarm[] {
  return Array.isArray(alarms) ? alarms.filter(isFields).flatMap((one) => readAlarm(one) ?? []) : []
}
