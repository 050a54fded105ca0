import type { Member } from '../shapes/member'
import type { Channel, Visit } from '../shapes/visit'

interface Beginning {
  id: string
  customer: string
  site?: string | null | undefined
  channel?: Channel | undefined
  made_at: string
}

/** A visit as its first entry makes it. */
export function newVisit(actor: Member, { id, customer, site, channel, made_at }: Beginning): Visit {
  return {
    id,
    customer,
    site: site ?? null,
    member: actor.id,
    participants: [],
    contact: null,
    product: null,
    channel: channel ?? 'visit',
    state: 'planned',
    planned_for: null,
    planned_time: null,
    plan_note: '',
    arrived_at: null,
    verdict: null,
    distance_m: null,
    accuracy_m: null,
    fix_age_s: null,
    outcome: null,
    note: '',
    minutes: null,
    is_estimated: false,
    logged_at: null,
    amended_at: null,
    amend_reason: '',
    cancelled_at: null,
    withdrawn_at: null,
    withdraw_reason: '',
    flags: [],
    skew_s: null,
    made_at,
    received_at: '',
  }
}
