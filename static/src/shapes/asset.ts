import { text, textOrNull, type Fields } from './fields'

/** A product that stands at a site. */
export interface Asset {
  id: string
  customer: string
  site: string | null
  product: string | null
  name: string
  serial: string
  /** what its label says */
  tag: string
  notes: string
}

export function readAsset(id: string, f: Fields): Asset {
  return {
    id,
    customer: text(f, 'customer'),
    site: textOrNull(f, 'site'),
    product: textOrNull(f, 'product'),
    name: text(f, 'name'),
    serial: text(f, 'serial'),
    tag: text(f, 'tag'),
    notes: text(f, 'notes'),
  }
}
