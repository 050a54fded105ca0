import { argOf, type Entry } from '../shapes/entry'
import { text } from '../shapes/fields'
import type { Phone } from './schema'

/** Whom an entry concerns, as it was called then: the row may be gone when a person has to decide about the entry. */
export interface About {
  customer: string
  name: string
}

/** Rows that belong to a customer, by the name under which arguments speak of them. */
export const BELONGING = ['site', 'contact', 'asset', 'conflict', 'visit', 'commitment', 'need', 'voice', 'asking', 'reply', 'ticket', 'cause'] as const

/** What is said about tickets. */
const TALK = ['message', 'help'] as const

async function customerOf(db: Phone, entry: Entry): Promise<string | undefined> {
  const named = argOf(entry, 'customer')
  if (named !== undefined) return named
  for (const name of BELONGING) {
    const id = argOf(entry, name)
    const row = id === undefined ? undefined : await db[name].get(id)
    if (row !== undefined) return text(row.f, 'customer')
  }
  return (await customerJoined(db, argOf(entry, 'joining'))) ?? customerTalkedOf(db, entry)
}

/** Whose ticket a message or a question for help is about. */
async function customerTalkedOf(db: Phone, entry: Entry): Promise<string | undefined> {
  for (const name of TALK) {
    const id = argOf(entry, name)
    const row = id === undefined ? undefined : await db[name].get(id)
    const ticket = row && (await db.ticket.get(text(row.f, 'ticket')))
    if (ticket !== undefined) return text(ticket.f, 'customer')
  }
  return undefined
}

/** Whom the visit is to that somebody comes along on. */
async function customerJoined(db: Phone, joining: string | undefined): Promise<string | undefined> {
  const row = joining === undefined ? undefined : await db.joining.get(joining)
  const visit = row && (await db.visit.get(text(row.f, 'visit')))
  return visit && text(visit.f, 'customer')
}

/** Inside a transaction of the caller, over `tablesOfAbout`. */
export async function aboutWhom(db: Phone, entry: Entry): Promise<About | undefined> {
  const customer = await customerOf(db, entry)
  const row = customer === undefined ? undefined : await db.customer.get(customer)
  return row === undefined ? undefined : { customer: row.id, name: text(row.f, 'name') }
}

export function tablesOfAbout(db: Phone): Phone['customer'][] {
  return [db.customer, db.joining, db.message, db.help, ...BELONGING.map((name) => db[name])]
}
