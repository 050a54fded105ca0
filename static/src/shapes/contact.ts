import { choice, text, textOrNull, type Fields } from './fields'

export const PARTS = ['decides', 'uses', 'complains', ''] as const
export type Part = (typeof PARTS)[number]

export interface Contact {
  id: string
  customer: string
  site: string | null
  name: string
  title: string
  department: string
  honorific: string
  part: Part
  phone: string
  email: string
}

export function readContact(id: string, f: Fields): Contact {
  return {
    id,
    customer: text(f, 'customer'),
    site: textOrNull(f, 'site'),
    name: text(f, 'name'),
    title: text(f, 'title'),
    department: text(f, 'department'),
    honorific: text(f, 'honorific'),
    part: choice(f, 'part', PARTS, ''),
    phone: text(f, 'phone'),
    email: text(f, 'email'),
  }
}
