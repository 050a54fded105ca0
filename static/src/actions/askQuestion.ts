import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { save } from './save'

export interface AskQuestion {
  question?: string
  need: string
  text: string
  /** each of them once, at most 50 */
  customers: readonly string[]
}

/** Something to be asked at the next visit to each of these customers. */
export async function askQuestion({ question = newId(), need, text, customers }: AskQuestion): Promise<Saved> {
  const asked = customers.map((customer) => ({ asking: newId(), customer }))
  return save('question.ask', { question, need, text, customers: asked }, question)
}
