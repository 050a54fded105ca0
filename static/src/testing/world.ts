import type { Member } from '../shapes/member'
import type { Fields } from '../shapes/fields'
import { newId } from '../shapes/id'

/** The cast: Ana and Ben, reps in North; Mia leads their team; Jun is an engineer. */
export interface World {
  org: string
  north: string
  team: string
  ana: Member
  ben: Member
  mia: Member
  jun: Member
}

function member(name: string, part: Partial<Member>): Member {
  return { id: newId(), name, role: 'rep', job: 'sales', is_admin: false, is_active: true, team: null, territories: [], ...part }
}

export function makeWorld(): World {
  const org = newId()
  const north = newId()
  const team = newId()
  const part = { team, territories: [north] }
  const mia = member('Mia', { ...part, role: 'manager' })
  const jun = member('Jun', { role: 'engineer', job: 'rnd' })
  return { org, north, team, ana: member('Ana', part), ben: member('Ben', part), mia, jun }
}

export function customerFields(world: World, name: string): Fields {
  return { name, external_id: '', segment: '', phone: '', memo: '', territory: world.north }
}
