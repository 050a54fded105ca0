import type { Customer } from '../shapes/customer'
import type { Here, Today } from '../store/visits'
import { metresBetween } from './position'

export type Because = 'started' | 'near' | 'planned' | 'seen' | 'chosen'

export interface Prefill {
  customer: string
  visit?: string
  site?: string
  because: Because
}

const NEAR_METRES = 300

/** Who a new record is probably about: with whom I am, who is nearest, who is next, whom I saw last. */
export function prefill(
  day: Today | undefined,
  here: Here | undefined,
  lastSeen: Customer | null | undefined,
): Prefill | undefined {
  const started = day?.planned.find((stop) => stop.visit.state === 'started')
  if (started) return ofStop(started, 'started')
  const near = here && nearest(day, here)
  if (near) return near
  const planned = day?.planned[0]
  if (planned) return ofStop(planned, 'planned')
  return lastSeen ? { customer: lastSeen.id, because: 'seen' } : undefined
}

function ofStop({ visit }: Today['planned'][number], because: Because): Prefill {
  return { customer: visit.customer, visit: visit.id, ...(visit.site ? { site: visit.site } : {}), because }
}

function nearest(day: Today | undefined, here: Here): Prefill | undefined {
  const planned = (day?.planned ?? []).flatMap((stop) =>
    stop.site?.latitude != null && stop.site.longitude != null
      ? [{ prefill: ofStop(stop, 'near'), metres: metresBetween(here, stop.site as Here) }]
      : [],
  )
  const suggested = (day?.suggested ?? []).flatMap(({ customer, site, reasons }) =>
    reasons.flatMap((reason) =>
      reason.code === 'near'
        ? [
            {
              prefill: { customer: customer.id, ...(site ? { site: site.id } : {}), because: 'near' as const },
              metres: reason.metres,
            },
          ]
        : [],
    ),
  )
  const [first] = [...planned, ...suggested].sort((a, b) => a.metres - b.metres)
  return first && first.metres <= NEAR_METRES ? first.prefill : undefined
}
