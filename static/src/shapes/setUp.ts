import type { Shapes } from './row'

/** What administrators set up and every member reads, with its place in REST. */
export const SET_UP_PATHS = {
  chip: 'chips',
  business_calendar: 'business_calendars',
  sla_policy: 'sla_policies',
} as const satisfies Partial<Readonly<Record<keyof Shapes, string>>>

export type SetUpName = keyof typeof SET_UP_PATHS

/** A row with its version, which whoever changes it has to name. */
export type Versioned<Name extends SetUpName> = Shapes[Name] & { rv: string }
