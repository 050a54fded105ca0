import { number, text, type Fields } from './fields'

/** What several needs are about. */
export interface Theme {
  id: string
  name: string
  /** needs that speak for themselves, as the server counted them */
  needs: number
  /** customers who ask for any of them, each once */
  customers: number
  /** by an entry that waits: of those that were removed the server sends none */
  is_removed: boolean
}

export function readTheme(id: string, f: Fields): Theme {
  return { id, name: text(f, 'name'), needs: number(f, 'needs'), customers: number(f, 'customers'), is_removed: false }
}
