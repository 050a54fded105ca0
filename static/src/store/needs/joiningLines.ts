import { isUpcoming, type Joining } from '../../shapes/joining'
import { present } from '../present'
import type { JoiningLine } from './lines'
import type { Reader } from './reader'

export async function joiningLines(reader: Reader, joinings: readonly Joining[]): Promise<JoiningLine[]> {
  const visits = await reader.byId('visit', joinings.map((joining) => joining.visit))
  const customers = await reader.customers([...visits.values()].map((visit) => visit.customer))
  const needs = await reader.byId('need', joinings.map((joining) => joining.need))
  return joinings.map((joining) => {
    const mark = reader.mark('joining', joining)
    const visit = visits.get(joining.visit)
    return {
      joining,
      ...mark,
      canAnswer: joining.state === 'asked' && visit?.member === reader.actor.id,
      canWithdraw: mark.isMine && isUpcoming(joining),
      ...present<Pick<JoiningLine, 'visit' | 'customer' | 'member' | 'host' | 'need'>>({
        visit,
        customer: customers.get(visit?.customer ?? ''),
        member: reader.member(joining.member),
        host: reader.member(visit?.member ?? null),
        need: needs.get(joining.need ?? ''),
      }),
    }
  })
}
