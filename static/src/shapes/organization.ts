import { text, type Fields } from './fields'

export interface Organization {
  id: string
  name: string
  time_zone: string
  currency: string
  language: string
}

export function readOrganization(id: string, f: Fields): Organization {
  return {
    id,
    name: text(f, 'name'),
    time_zone: text(f, 'time_zone') || 'Asia/Seoul',
    currency: text(f, 'currency'),
    language: text(f, 'language'),
  }
}
