import { sitesOf } from '../store/editing'
import { territories } from '../store/reference'
import type { Names } from './fieldWords'
import { watch } from './live.svelte'

/** Names of the rows that a customer's fields point to. */
export function rowNames(customer: () => string | undefined): Names {
  const areas = watch(() => territories)
  const sites = watch(() => sitesOf(customer() ?? ''))
  return {
    territory: (id) => areas.current.get(id)?.name,
    site: (id) => sites.current?.find((site) => site.id === id)?.name,
  }
}
