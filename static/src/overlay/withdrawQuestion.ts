import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { isMine } from './rights'

export const withdrawQuestion: Reducer<'question.withdraw'> = ({ at, args }, ground) => {
  const question = ground.question(args.question)
  const may = question !== undefined && (isMine(question, ground) || ground.actor.is_admin)
  if (!may || question.withdrawn_at !== null) return NOTHING
  const open = ground.all('asking').filter((asking) => asking.question === question.id && asking.closed_at === null)
  return { question: [{ ...question, withdrawn_at: utc(at) }], asking: open.map((asking) => ({ ...asking, closed_at: utc(at) })) }
}
