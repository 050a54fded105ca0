import { choice, flag, text, textOrNull, texts, type Fields } from './fields'

export const ROLES = ['rep', 'engineer', 'manager', 'executive'] as const
export type Role = (typeof ROLES)[number]

export const JOBS = ['sales', 'technical', 'rnd', 'production', 'management'] as const
export type Job = (typeof JOBS)[number]

export interface Member {
  id: string
  name: string
  role: Role
  job: Job
  is_admin: boolean
  is_active: boolean
  team: string | null
  territories: string[]
}

export function readMember(id: string, f: Fields): Member {
  return {
    id,
    name: text(f, 'name'),
    role: choice(f, 'role', ROLES, 'rep'),
    job: choice(f, 'job', JOBS, 'sales'),
    is_admin: flag(f, 'is_admin'),
    is_active: flag(f, 'is_active', true),
    team: textOrNull(f, 'team'),
    territories: texts(f, 'territories'),
  }
}
