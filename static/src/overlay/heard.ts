import type { Heard } from '../shapes/entry'
import type { Voice } from '../shapes/voice'
import type { Ground } from './ground'

/** Whether a row that is named belongs to another customer. What this phone does not hold is believed. */
export function isElsewhere({ customer, site, visit, contact }: Heard, ground: Ground): boolean {
  const named = [site && ground.site(site), visit && ground.visit(visit), contact && ground.contact(contact)]
  return named.some((row) => row && row.customer !== customer)
}

export function isOutOfUse(product: string | null | undefined, ground: Ground): boolean {
  return product != null && ground.product(product)?.is_active === false
}

/** What is heard and seen alike of a telling. */
export function newVoice(id: string, { customer, site, visit, contact, product }: Heard, at: string, { actor }: Ground): Voice {
  return {
    id,
    need: null,
    customer,
    site: site ?? null,
    visit: visit ?? null,
    contact: contact ?? null,
    product: product ?? null,
    member: actor.id,
    text: '',
    how: 'said',
    sign: null,
    importance: null,
    amended_at: null,
    withdrawn_at: null,
    flags: [],
    skew_s: null,
    made_at: at,
    received_at: '',
  }
}
