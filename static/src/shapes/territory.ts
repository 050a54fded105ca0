import { flag, text, type Fields } from './fields'

export interface Territory {
  id: string
  name: string
  is_active: boolean
}

export function readTerritory(id: string, f: Fields): Territory {
  return { id, name: text(f, 'name'), is_active: flag(f, 'is_active', true) }
}
