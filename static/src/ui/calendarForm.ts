import type { Slot } from '../shapes/businessCalendar'

/** Monday is 0. */
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const
const WORKDAYS = [0, 1, 2, 3, 4]
const DAY_MINUTES = 24 * 60

/** Nine to six with an hour for lunch, as most offices here have it. */
export const USUAL_SLOTS: readonly Slot[] = WORKDAYS.flatMap((day): Slot[] => [
  [day, 9 * 60, 12 * 60],
  [day, 13 * 60, 18 * 60],
])

/** 540 as 09:00. The end of a day is its midnight. */
export function clockOf(minutes: number): string {
  const [hour, minute] = [Math.floor((minutes % DAY_MINUTES) / 60), minutes % 60]
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** 09:00 as 540; undefined for anything else. Midnight as an end is that of the same day. */
export function minutesOf(clock: string, isEnd = false): number | undefined {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(clock) ?? []
  if (hour === undefined || minute === undefined) return undefined
  const minutes = Number(hour) * 60 + Number(minute)
  return isEnd && minutes === 0 ? DAY_MINUTES : minutes
}

export function slotsOf(slots: readonly Slot[], day: number): Slot[] {
  return slots.filter(([weekday]) => weekday === day).sort((a, b) => a[1] - b[1])
}

/** One more slot on a day: after its last one, as far as there is room. */
export function withSlot(slots: readonly Slot[], day: number): Slot[] {
  const last = slotsOf(slots, day).at(-1)
  const start = last === undefined ? 9 * 60 : Math.min(last[2] + 60, DAY_MINUTES - 60)
  return [...slots, [day, start, Math.min(start + 9 * 60, DAY_MINUTES)]]
}

/** The slots of Monday on every working day. */
export function mondayOnWorkdays(slots: readonly Slot[]): Slot[] {
  const monday = slotsOf(slots, 0)
  const others = slots.filter(([day]) => !WORKDAYS.includes(day))
  return [...WORKDAYS.flatMap((day) => monday.map(([, start, end]): Slot => [day, start, end])), ...others]
}

export type SlotTrouble = { kind: 'no_hour' } | { kind: 'order' | 'overlap'; day: number }

/** Why the server would not take these slots. */
export function slotTrouble(slots: readonly Slot[]): SlotTrouble | undefined {
  if (slots.length === 0) return { kind: 'no_hour' }
  for (const day of WEEKDAYS) {
    const ofDay = slotsOf(slots, day)
    if (ofDay.some(([, start, end]) => start >= end)) return { kind: 'order', day }
    if (ofDay.some(([, start], at) => at > 0 && start < ofDay[at - 1]![2])) return { kind: 'overlap', day }
  }
  return undefined
}

export function weekMinutes(slots: readonly Slot[]): number {
  return slots.reduce((sum, [, start, end]) => sum + Math.max(0, end - start), 0)
}
