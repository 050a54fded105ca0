import { text, textOrNull, type Fields } from './fields'

/** A product that stands at a customer's: at one of its sites, or nobody has said where. */
export interface Asset {
  id: string
  customer: string
  site: string | null
  product: string | null
  name: string
  /** its maker's number */
  serial: string
  /** the number on the label we put on it */
  tag: string
  notes: string
  /** by an entry that waits: of those that were removed the server sends none */
  is_removed: boolean
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
    is_removed: false,
  }
}

type Numbers = Pick<Asset, 'name' | 'serial' | 'tag'>

/** What it is called: by its name, else by the number there is. Empty where nothing is left, which no server takes. */
export function assetName({ name, serial, tag }: Numbers): string {
  return name || serial || tag
}

/** All that people know it by, in one line. */
export function assetLine({ name, serial, tag }: Numbers): string {
  return [name, serial, tag].filter(Boolean).join(' · ')
}
