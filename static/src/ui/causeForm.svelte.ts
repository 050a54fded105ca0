import type { SettleCause } from '../actions/settleCause'
import type { Cause } from '../shapes/cause'
import { addDays } from './words/format'
import { say } from './words/index.svelte'

export const CAUSE_TEXT_MAX = 4000
const WATCH_DAYS = 90

/** What was found out of a cause, while it is written down. */
export class CauseForm {
  chip = $state<string>()
  words = $state('')
  countermeasure = $state('')
  until = $state(addDays(say.today, WATCH_DAYS))

  constructor(known: Partial<Pick<Cause, 'chip' | 'text' | 'countermeasure'>>) {
    this.chip = known.chip ?? undefined
    this.words = known.text ?? ''
    this.countermeasure = known.countermeasure ?? ''
  }

  /** A cause is watched only with a why and with something that was done against it. */
  get isWhole(): boolean {
    return (this.chip !== undefined || this.words.trim() !== '') && this.countermeasure.trim() !== ''
  }

  get fits(): boolean {
    return this.words.length <= CAUSE_TEXT_MAX && this.countermeasure.length <= CAUSE_TEXT_MAX
  }

  /** The action's arguments. */
  get found(): Omit<SettleCause, 'cause'> {
    const text = this.words.trim()
    return {
      ...(this.chip ? { chip: this.chip } : {}),
      ...(text ? { text } : {}),
      countermeasure: this.countermeasure.trim(),
      watchUntil: this.until,
    }
  }
}
