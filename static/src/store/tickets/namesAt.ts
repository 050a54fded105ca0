import { assetsOfCustomer } from '../../db/assets'
import { contactsOfCustomer } from '../../db/customers'
import { allRows } from '../../db/read'
import { ticketsOf } from '../../db/tickets'
import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'

/** What the fields of tickets and causes point to, by its id. */
export interface NamesAt {
  contact: ReadonlyMap<string, string>
  asset: ReadonlyMap<string, string>
  /** by what is wrong */
  ticket: ReadonlyMap<string, string>
  chip: ReadonlyMap<string, string>
}

function named(rows: readonly { id: string; name: string }[]): Map<string, string> {
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Names of what lies at a customer, and of the chips of all. */
export function namesAt(customer: string): Live<NamesAt | undefined> {
  return liveRead(async (db) => {
    const reader = await Reader.at(db)
    const tickets = reader.over('ticket', await ticketsOf(db, 'customer', [customer]), (ticket) => ticket.customer === customer)
    const assets = await assetsOfCustomer(db, customer)
    return {
      contact: named(await contactsOfCustomer(db, customer)),
      asset: named(assets.map(({ id, name, serial, tag }) => ({ id, name: name || serial || tag }))),
      ticket: new Map(tickets.map(({ id, text }) => [id, text])),
      chip: named([...(await allRows(db, 'chip')).values()]),
    }
  })
}
