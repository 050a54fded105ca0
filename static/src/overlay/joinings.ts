import { isUpcoming, type Joining, type JoiningState } from '../shapes/joining'
import { utc } from '../shapes/time'
import type { Visit } from '../shapes/visit'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { isMine } from './rights'

export const askToJoin: Reducer<'joining.ask'> = ({ at, args }, ground) => {
  const { joining: id, visit: to, need = null, note = '' } = args
  const visit = ground.visit(to)
  if (visit === undefined || isMine(visit, ground) || visit.state !== 'planned' || visit.withdrawn_at !== null) return NOTHING
  const isAsked = (one: Joining) => one.visit === to && isMine(one, ground) && isUpcoming(one)
  if (ground.joining(id) !== undefined || ground.all('joining').some(isAsked)) return NOTHING
  const member = ground.actor.id
  const asked = { id, visit: to, member, need, note, state: 'asked' as const, answered_at: null, answer_note: '' }
  return { joining: [{ ...asked, made_at: at, received_at: '' }] }
}

interface Answer {
  state: JoiningState
  at: string
  note: string | undefined
}

/** The answer of the visit's owner. Nothing where it was answered before. */
function answered(id: string, { state, at, note = '' }: Answer, ground: Ground): Changed {
  const joining = ground.joining(id)
  const visit = joining && ground.visit(joining.visit)
  if (visit === undefined || !isMine(visit, ground) || joining?.state !== 'asked') return NOTHING
  const answer = { ...joining, state, answered_at: utc(at), answer_note: note }
  return { joining: [answer], ...(state === 'accepted' ? { visit: [along(visit, joining.member)] } : {}) }
}

/** In the order in which the server has them. */
function along(visit: Visit, member: string): Visit {
  return { ...visit, participants: [...new Set([...visit.participants, member])].sort() }
}

export const acceptJoining: Reducer<'joining.accept'> = ({ at, args }, ground) =>
  answered(args.joining, { state: 'accepted', at, note: args.note }, ground)

export const refuseJoining: Reducer<'joining.refuse'> = ({ at, args }, ground) =>
  answered(args.joining, { state: 'refused', at, note: args.note }, ground)

/** Whoever asked need not come after all, until the visit is over. */
export const withdrawJoining: Reducer<'joining.withdraw'> = ({ args }, ground) => {
  const joining = ground.joining(args.joining)
  if (joining === undefined || !isMine(joining, ground) || !isUpcoming(joining)) return NOTHING
  const visit = joining.state === 'accepted' ? ground.visit(joining.visit) : undefined
  const participants = visit?.participants.filter((member) => member !== joining.member) ?? []
  return { joining: [{ ...joining, state: 'withdrawn' }], ...(visit === undefined ? {} : { visit: [{ ...visit, participants }] }) }
}
