import { flag, isFields, number, text, textOrNull, type Fields } from './fields'

export interface MemberContact {
  member: string
  last_contact_at: string | null
  pending: number
  is_silent: boolean
}

/** Whose phones have reported, as the server knows it. */
export interface FreshnessAnswer {
  as_of: string
  silent_after_s: number
  total: number
  silent: number
  waiting: number
  members: MemberContact[] | null
}

function readContact(f: Fields): MemberContact {
  return {
    member: text(f, 'member'),
    last_contact_at: textOrNull(f, 'last_contact_at'),
    pending: number(f, 'pending'),
    is_silent: flag(f, 'is_silent'),
  }
}

export function readFreshness(value: unknown): FreshnessAnswer | undefined {
  if (!isFields(value) || typeof value.as_of !== 'string') return undefined
  return {
    as_of: value.as_of,
    silent_after_s: number(value, 'silent_after_s'),
    total: number(value, 'total'),
    silent: number(value, 'silent'),
    waiting: number(value, 'waiting'),
    members: Array.isArray(value.members) ? value.members.filter(isFields).map(readContact) : null,
  }
}
