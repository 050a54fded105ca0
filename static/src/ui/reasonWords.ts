import type { Reason } from '../store/visits'
import { daysBetween } from './words/format'
import type { Dict } from './words/ko'

interface Speaker {
  readonly today: string
  count(n: number): string
  distance(metres: number): string
}

/** Why a customer is suggested, in words. */
export function reasonWords(reason: Reason, { reason: words }: Dict, say: Speaker): string {
  switch (reason.code) {
    case 'commitment_due':
      return daysBetween(reason.due_on, say.today) > 0 ? words.commitment_overdue : words.commitment_due
    case 'long_unseen':
      return words.long_unseen(say.count(reason.days))
    case 'never_visited':
      return words.never_visited
    case 'near':
      return words.near(say.distance(reason.metres))
  }
}
