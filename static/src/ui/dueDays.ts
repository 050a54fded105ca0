import { addDays, addMonth } from './words/format'
import type { Dict } from './words/ko'

/** The days a commitment is usually due on, by name. */
export function dueDays({ record }: Dict, today: string): { label: string; day: string }[] {
  return [
    { label: record.tomorrow, day: addDays(today, 1) },
    { label: record.days3, day: addDays(today, 3) },
    { label: record.week, day: addDays(today, 7) },
    { label: record.weeks2, day: addDays(today, 14) },
    { label: record.month, day: addMonth(today) },
  ]
}
