import { flag, text, type Fields } from './fields'

export interface Product {
  id: string
  name: string
  code: string
  is_active: boolean
}

export function readProduct(id: string, f: Fields): Product {
  return { id, name: text(f, 'name'), code: text(f, 'code'), is_active: flag(f, 'is_active', true) }
}
