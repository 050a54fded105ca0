import { text, type Fields } from './fields'

export interface Customer {
  id: string
  name: string
  external_id: string
  segment: string
  phone: string
  memo: string
  territory: string
}

export function readCustomer(id: string, f: Fields): Customer {
  return {
    id,
    name: text(f, 'name'),
    external_id: text(f, 'external_id'),
    segment: text(f, 'segment'),
    phone: text(f, 'phone'),
    memo: text(f, 'memo'),
    territory: text(f, 'territory'),
  }
}
