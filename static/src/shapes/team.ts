import { text, textOrNull, type Fields } from './fields'

export interface Team {
  id: string
  name: string
  lead: string | null
}

export function readTeam(id: string, f: Fields): Team {
  return { id, name: text(f, 'name'), lead: textOrNull(f, 'lead') }
}
