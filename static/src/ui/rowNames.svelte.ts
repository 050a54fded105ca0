import { sitesOf } from '../store/editing'
import { products, territories, themes } from '../store/reference'
import { namesAt } from '../store/tickets/namesAt'
import type { Names } from './fieldWords'
import { watch } from './live.svelte'

/** Names of the rows that a customer's fields point to. */
export function rowNames(customer: () => string | undefined): Names {
  const areas = watch(() => territories)
  const subjects = watch(() => themes)
  const goods = watch(() => products)
  const sites = watch(() => sitesOf(customer() ?? ''))
  const there = watch(() => namesAt(customer() ?? ''))
  return {
    territory: (id) => areas.current.get(id)?.name,
    theme: (id) => subjects.current.get(id)?.name,
    product: (id) => goods.current.get(id)?.name,
    site: (id) => sites.current?.find((site) => site.id === id)?.name,
    contact: (id) => there.current?.contact.get(id),
    asset: (id) => there.current?.asset.get(id),
    chip: (id) => there.current?.chip.get(id),
    ticket: (id) => there.current?.ticket.get(id),
  }
}
