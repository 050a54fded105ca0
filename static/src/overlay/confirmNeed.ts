import { advance } from './advanceNeed'
import { NOTHING, type Ground, type Reducer } from './ground'
import { groupOf, headOf } from './grouping'
import { passed } from './milestone'

/** Whether a voice of this customer stands in the group. */
function hasAsked(customer: string, head: string, ground: Ground): boolean {
  const group = groupOf(head, ground.all('need'))
  const isTheirs = (need: string | null) => need !== null && group.has(need)
  return ground.all('voice').some((voice) => voice.customer === customer && voice.withdrawn_at === null && isTheirs(voice.need))
}

export const confirmNeed: Reducer<'need.confirm'> = ({ at, args: { need: id, customer, note: reason = '' } }, ground) => {
  const need = ground.need(id)
  const head = need && headOf(need, ground)
  if (head === undefined || !hasAsked(customer, head.id, ground)) return NOTHING
  if (head.stage === 'heard') return advance(head, { stage: 'confirmed', at, reason, customer }, ground)
  return { need: [passed(head, at, ground, { event: 'confirmed', reason, customer })] }
}
