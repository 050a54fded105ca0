import { afterTelling, lastTold } from '../shapes/need'
import { isLoopOpen, type Reply } from '../shapes/reply'
import { utc } from '../shapes/time'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { isElsewhere } from './heard'
import { passed } from './milestone'
import { mayTell } from './rights'

/** What was promised is kept once nothing else is to be told there with it. */
function kept({ id, commitment: promise }: Reply, at: string, ground: Ground): Changed {
  const commitment = promise === null ? undefined : ground.commitment(promise)
  const isMoreToTell = ground.all('reply').some((one) => one.commitment === promise && one.id !== id && one.state === 'to_tell')
  if (commitment?.state !== 'open' || isMoreToTell) return {}
  return { commitment: [{ ...commitment, state: 'kept', kept_at: utc(at), kept_note: '' }] }
}

/** What was built is shown by it; a reply of before, when the need was taken up again since, says nothing of what stands now. */
function shown({ need: id, stage: told, customer }: Reply, at: string, ground: Ground): Changed {
  const need = ground.need(id)
  if (need === undefined || lastTold(need) !== told) return {}
  const stage = afterTelling(need.stage)
  return stage === need.stage ? {} : { need: [passed({ ...need, stage }, at, ground, { customer })] }
}

interface Telling {
  at: string
  text: string | undefined
  visit: string | null
}

function told(reply: Reply, { at, text, visit }: Telling, { actor }: Ground): Reply {
  return { ...reply, state: 'told', told_at: utc(at), told_by: actor.id, text: text ?? reply.text, visit }
}

export const editReply: Reducer<'reply.edit'> = ({ args: { reply: id, text } }, ground) => {
  const reply = ground.reply(id)
  if (reply?.state !== 'to_tell' || !mayTell(reply, ground) || reply.text === text) return NOTHING
  return { reply: [{ ...reply, text }] }
}

export const tellReply: Reducer<'reply.tell'> = ({ at, args: { reply: id, text, visit = null } }, ground) => {
  const reply = ground.reply(id)
  if (reply?.state !== 'to_tell' || !mayTell(reply, ground)) return NOTHING
  if (isElsewhere({ customer: reply.customer, visit }, ground)) return NOTHING
  return { reply: [told(reply, { at, text, visit }, ground)], ...kept(reply, at, ground), ...shown(reply, at, ground) }
}

/** Whether the need is solved depends on what all the others say: that is the server's to say. */
export const answerReply: Reducer<'reply.answer'> = ({ at, args }, ground) => {
  const reply = ground.reply(args.reply)
  if (reply === undefined || !isLoopOpen(reply) || !mayTell(reply, ground)) return NOTHING
  const { value: state, line = '', contact = null, visit = null } = args
  const isUntold = reply.state === 'to_tell'
  if (isElsewhere({ customer: reply.customer, contact, visit }, ground)) return NOTHING
  const heard = isUntold ? told(reply, { at, text: undefined, visit }, ground) : { ...reply, visit: reply.visit ?? visit }
  return { reply: [{ ...heard, state, line, contact, answered_at: utc(at) }], ...kept(reply, at, ground) }
}
