import type { Answer } from '../shapes/answer'
import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { isElsewhere } from './heard'

/** What the question's answers add up to is the server's to say. */
export const answerAsking: Reducer<'asking.answer'> = ({ at, args }, ground) => {
  const asking = ground.asking(args.asking)
  if (asking === undefined || ground.answer(args.answer) !== undefined) return NOTHING
  const { customer } = asking
  const { value, line = '', visit = null } = args
  if (isElsewhere({ customer, visit }, ground)) return NOTHING
  const isLate = ground.question(asking.question)?.withdrawn_at != null
  const given: Answer = {
    id: args.answer,
    asking: asking.id,
    customer,
    visit,
    member: ground.actor.id,
    value,
    line,
    is_late: isLate,
    made_at: at,
    received_at: '',
  }
  return { answer: [given], ...(asking.closed_at === null ? { asking: [{ ...asking, closed_at: utc(at) }] } : {}) }
}
