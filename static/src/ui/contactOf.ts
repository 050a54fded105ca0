import type { Contact } from '../shapes/contact'
import type { Visit } from '../shapes/visit'
import type { CustomerCard } from '../store/customers'

/** Whom to call about a visit: the person it is with, else somebody with a telephone, deciders first. */
export function contactOf(card: CustomerCard | null | undefined, visit: Pick<Visit, 'contact' | 'site'>): Contact | undefined {
  if (!card) return undefined
  const met = card.contacts.find((contact) => contact.id === visit.contact && contact.phone)
  if (met) return met
  const reachable = card.contacts.filter((contact) => contact.phone)
  const there = reachable.filter((contact) => contact.site !== null && contact.site === visit.site)
  return [...there, ...reachable].find((contact) => contact.part === 'decides') ?? there[0] ?? reachable[0]
}
