import type { Cause } from '../shapes/cause'
import type { Values } from '../shapes/shared'
import type { Ticket } from '../shapes/ticket'
import { isCauseWhole } from './closeTicket'
import type { Ground } from './ground'
import { isOtherSort } from './ticketGround'

function idOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Whether making it a part of another one would make it a part of itself; of what is not known nothing is. */
function isCircle(id: string, above: string | null, ground: Ground): boolean {
  const passed = new Set<string>()
  for (let at = above; at !== null && !passed.has(at); at = ground.ticket(at)?.part_of ?? null) {
    if (at === id) return true
    passed.add(at)
  }
  return false
}

function isOfCustomer(customer: string, id: unknown, find: (id: string) => { customer: string } | undefined): boolean {
  const row = typeof id === 'string' ? find(id) : undefined
  return row === undefined || row.customer === customer
}

/** Whether what a ticket is to say of other rows can be so. What this phone does not hold is believed. */
export function mayTicketSay({ id, customer }: Ticket, wanted: Values, ground: Ground): boolean {
  const { site, asset, contact, category, cause_chip, fix_chip, part_of } = wanted
  return (
    isOfCustomer(customer, site, ground.site) &&
    isOfCustomer(customer, asset, ground.asset) &&
    isOfCustomer(customer, contact, ground.contact) &&
    !isOtherSort('category', idOf(category), ground) &&
    !isOtherSort('cause', idOf(cause_chip), ground) &&
    !isOtherSort('fix', idOf(fix_chip), ground) &&
    !isCircle(id, idOf(part_of), ground)
  )
}

/** A cause that is watched goes on saying why it happened and what is done against it. */
export function mayCauseSay(cause: Cause, wanted: Values, ground: Ground): boolean {
  if (isOtherSort('cause', idOf(wanted.chip), ground)) return false
  const isWatched = cause.state === 'watching' || cause.state === 'proved'
  return !isWatched || isCauseWhole({ ...cause, ...wanted })
}
