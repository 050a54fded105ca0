import { choiceOrNull, number, numberOrNull, text, textOrNull, texts, type Fields } from './fields'
import { SEVERITIES, WAITS_FOR, type Severity, type WaitsFor } from './ticket'

/** How soon we answer and resolve, in business minutes. */
export interface SlaPolicy {
  id: string
  /** null: everybody's */
  customer: string | null
  /** null, which is empty on the wire: of whatever severity */
  severity: Severity | null
  calendar: string
  response_minutes: number | null
  resolution_minutes: number | null
  /** so long before it is due people are warned */
  warn_minutes: number
  /** so late that the lead hears of it, and executives */
  lead_minutes: number
  executive_minutes: number
  /** what a ticket waits for while its clock stands */
  pauses_on: WaitsFor[]
}

export function readSlaPolicy(id: string, f: Fields): SlaPolicy {
  const pauses = texts(f, 'pauses_on')
  return {
    id,
    customer: textOrNull(f, 'customer'),
    severity: choiceOrNull(f, 'severity', SEVERITIES),
    calendar: text(f, 'calendar'),
    response_minutes: numberOrNull(f, 'response_minutes'),
    resolution_minutes: numberOrNull(f, 'resolution_minutes'),
    warn_minutes: number(f, 'warn_minutes'),
    lead_minutes: number(f, 'lead_minutes'),
    executive_minutes: number(f, 'executive_minutes'),
    pauses_on: WAITS_FOR.filter((one) => pauses.includes(one)),
  }
}
