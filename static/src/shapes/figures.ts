import { isFields, number, numberOrNull, text } from './fields'
import { STAGES, type Stage } from './need'

/** How well the loop is closed, over a year. */
export interface Figures {
  /** customers who were told, or are to be told */
  told: number
  /** those of them who answered */
  answered: number
  /** those of these who said: solved */
  solved: number
  /** days a need spends at each stage; null where none has gone on yet */
  median_days: Readonly<Record<Stage, number | null>>
  as_of: string
}

export function readFigures(value: unknown): Figures | undefined {
  if (!isFields(value) || !isFields(value.median_days)) return undefined
  const days = value.median_days
  return {
    told: number(value, 'told'),
    answered: number(value, 'answered'),
    solved: number(value, 'solved'),
    median_days: Object.fromEntries(STAGES.map((stage) => [stage, numberOrNull(days, stage)])) as Figures['median_days'],
    as_of: text(value, 'as_of'),
  }
}
