import type { Customer } from '../shapes/customer'
import type { Site } from '../shapes/site'

/** The name of a site where it says more than the customer's own name does. */
export function siteName(site: Site | undefined, customer: Pick<Customer, 'name'> | undefined): string {
  return site && site.name !== customer?.name ? site.name : ''
}
