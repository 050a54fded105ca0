import type { AnswerValue } from '../shapes/answer'
import type { KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface AnswerAsking {
  answer?: string
  asking: string
  value: AnswerValue
  /** in the customer's own words */
  line?: string
  visit?: string | null
}

/** Of several answers of one customer the last one counts, so another one sets it right. */
export async function answerAsking({ answer = newId(), ...said }: AnswerAsking): Promise<Saved> {
  return save('asking.answer', given<KindArgs['asking.answer']>({ answer, ...said }), answer)
}
