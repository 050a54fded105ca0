import type { Question } from '../shapes/question'
import { NOTHING, type Reducer } from './ground'
import { editsNeeds } from './rights'

export const askQuestion: Reducer<'question.ask'> = ({ at, args }, ground) => {
  const { question: id, need, text, customers } = args
  const isKnown = ground.question(id) !== undefined || customers.some((one) => ground.asking(one.asking) !== undefined)
  if (!editsNeeds(ground.actor) || isKnown || ground.need(need) === undefined) return NOTHING
  const member = ground.actor.id
  const counts = { asked: customers.length, yes: 0, no: 0, unknown: 0 }
  const question: Question = { id, need, member, text, withdrawn_at: null, ...counts, made_at: at, received_at: '' }
  const asking = customers.map((one) => ({ id: one.asking, question: id, customer: one.customer, need, text, member, closed_at: null }))
  return { question: [question], asking }
}
