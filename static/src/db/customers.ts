import type { Contact } from '../shapes/contact'
import { readRow } from '../shapes/row'
import type { Site } from '../shapes/site'
import type { Phone } from './schema'

export async function sitesOfCustomer(db: Phone, customer: string): Promise<Site[]> {
  return (await db.site.where('f.customer').equals(customer).toArray()).map((row) => readRow('site', row))
}

export async function sitesOfCustomers(db: Phone, customers: readonly string[]): Promise<Site[]> {
  return (await db.site.where('f.customer').anyOf([...customers]).toArray()).map((row) => readRow('site', row))
}

export async function contactsOfCustomer(db: Phone, customer: string): Promise<Contact[]> {
  return (await db.contact.where('f.customer').equals(customer).toArray()).map((row) => readRow('contact', row))
}

export async function countCustomers(db: Phone): Promise<number> {
  return db.customer.count()
}
