import type { SlaPolicy } from '../shapes/slaPolicy'
import type { Severity, WaitsFor } from '../shapes/ticket'
import type { Fields } from '../shapes/fields'

/** What is promised, in hours as people write them. */
export interface PromiseForm {
  customer: string | null
  severity: Severity | null
  calendar: string
  response: string
  resolution: string
  warn: string
  lead: string
  executive: string
  pauses: WaitsFor[]
}

const MOST_MINUTES = 366 * 24 * 60

/** 90 as 1.5 */
export function hoursOf(minutes: number | null): string {
  return minutes === null ? '' : String(Math.round((minutes / 60) * 100) / 100)
}

/** 1.5 as 90; null for nothing, undefined for what is no length. */
export function minutesOfHours(hours: string): number | null | undefined {
  const written = hours.trim().replace(',', '.')
  if (written === '') return null
  const minutes = Math.round(Number(written) * 60)
  return Number.isFinite(minutes) && minutes >= 0 && minutes <= MOST_MINUTES ? minutes : undefined
}

/** Waiting for the customer or for parts is not ours to hurry. */
export function emptyPromise(calendar: string): PromiseForm {
  const later = { warn: '1', lead: '1', executive: '4' }
  return { customer: null, severity: null, calendar, response: '4', resolution: '16', ...later, pauses: ['customer', 'parts'] }
}

export function formOfPolicy(policy: SlaPolicy): PromiseForm {
  return {
    customer: policy.customer,
    severity: policy.severity,
    calendar: policy.calendar,
    response: hoursOf(policy.response_minutes),
    resolution: hoursOf(policy.resolution_minutes),
    warn: hoursOf(policy.warn_minutes),
    lead: hoursOf(policy.lead_minutes),
    executive: hoursOf(policy.executive_minutes),
    pauses: policy.pauses_on,
  }
}

/** A promise is a minute at least. */
export function isLength(hours: string, least: number): boolean {
  const minutes = minutesOfHours(hours)
  return minutes === null || (minutes !== undefined && minutes >= least)
}

export function canSavePromise({ calendar, response, resolution, warn, lead, executive }: PromiseForm): boolean {
  const isSomething = [response, resolution].some((hours) => hours.trim() !== '')
  const fits = [response, resolution].every((hours) => isLength(hours, 1)) && [warn, lead, executive].every((hours) => isLength(hours, 0))
  return calendar !== '' && isSomething && fits
}

/** By their names on the wire; for whom it is cannot be changed later. */
export function valuesOf(form: PromiseForm, isNew: boolean): Fields {
  return {
    ...(isNew ? { customer: form.customer, severity: form.severity ?? '' } : {}),
    calendar: form.calendar,
    response_minutes: minutesOfHours(form.response) ?? null,
    resolution_minutes: minutesOfHours(form.resolution) ?? null,
    warn_minutes: minutesOfHours(form.warn) ?? 0,
    lead_minutes: minutesOfHours(form.lead) ?? 0,
    executive_minutes: minutesOfHours(form.executive) ?? 0,
    pauses_on: form.pauses,
  }
}
