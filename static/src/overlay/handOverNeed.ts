import type { Member } from '../shapes/member'
import type { Need } from '../shapes/need'
import { NOTHING, type Ground, type Reducer } from './ground'
import { editsNeeds } from './rights'

function mayHandOver({ owner }: Need, { actor }: Ground): boolean {
  return editsNeeds(actor) && (owner === null || owner === actor.id || actor.is_admin)
}

function canOwn(member: Member | undefined): boolean {
  return member !== undefined && member.is_active && editsNeeds(member)
}

export const handOverNeed: Reducer<'need.hand_over'> = ({ args: { need: id, owner } }, ground) => {
  const need = ground.need(id)
  if (need === undefined || need.owner === owner || !mayHandOver(need, ground)) return NOTHING
  return owner === null || canOwn(ground.member(owner)) ? { need: [{ ...need, owner }] } : NOTHING
}
