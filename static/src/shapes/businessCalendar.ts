import { text, texts, type Fields } from './fields'

/** [weekday, start, end]: Monday is 0, minutes of the day. */
export type Slot = readonly [number, number, number]

/** When an organization works; lunch is what lies between two slots of a day. */
export interface BusinessCalendar {
  id: string
  name: string
  time_zone: string
  slots: Slot[]
  /** whose public holidays are off; empty: none */
  country: string
  /** days off besides, 2026-05-01 */
  days_off: string[]
  /** public holidays on which this organization works */
  days_on: string[]
}

function isSlot(value: unknown): value is Slot {
  return Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'number')
}

export function readBusinessCalendar(id: string, f: Fields): BusinessCalendar {
  return {
    id,
    name: text(f, 'name'),
    time_zone: text(f, 'time_zone'),
    slots: Array.isArray(f.slots) ? f.slots.filter(isSlot) : [],
    country: text(f, 'country'),
    days_off: texts(f, 'days_off'),
    days_on: texts(f, 'days_on'),
  }
}
