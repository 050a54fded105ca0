import type { Saved } from './refusal'
import { save } from './save'

/** Takes a question off the record sheets where it still waits. What was answered stays. */
export async function withdrawQuestion({ question }: { question: string }): Promise<Saved> {
  return save('question.withdraw', { question }, question)
}
