import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import { readRow } from '../shapes/row'
import type { Site } from '../shapes/site'
import { byId } from './read'
import type { Phone } from './schema'

export async function customersById(db: Phone, ids: readonly string[]): Promise<Map<string, Customer>> {
  return byId(db, 'customer', ids)
}

export async function sitesById(db: Phone, ids: readonly string[]): Promise<Map<string, Site>> {
  return byId(db, 'site', ids)
}

export async function contactsById(db: Phone, ids: readonly string[]): Promise<Map<string, Contact>> {
  return byId(db, 'contact', ids)
}

export async function sitesOfCustomer(db: Phone, customer: string): Promise<Site[]> {
  return (await db.site.where('f.customer').equals(customer).toArray()).map((row) => readRow('site', row))
}

export async function contactsOfCustomer(db: Phone, customer: string): Promise<Contact[]> {
  return (await db.contact.where('f.customer').equals(customer).toArray()).map((row) => readRow('contact', row))
}

export async function countCustomers(db: Phone): Promise<number> {
  return db.customer.count()
}
