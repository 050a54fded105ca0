import type { Answer } from '../shapes/answer'
import type { Asking } from '../shapes/asking'
import type { Question } from '../shapes/question'
import { readRow } from '../shapes/row'
import type { Phone } from './schema'

export async function questionsOfNeeds(db: Phone, needs: readonly string[]): Promise<Question[]> {
  return (await db.question.where('f.need').anyOf([...needs]).toArray()).map((row) => readRow('question', row))
}

export async function askingsOfQuestions(db: Phone, questions: readonly string[]): Promise<Asking[]> {
  return (await db.asking.where('f.question').anyOf([...questions]).toArray()).map((row) => readRow('asking', row))
}

export async function askingsOfCustomer(db: Phone, customer: string): Promise<Asking[]> {
  return (await db.asking.where('f.customer').equals(customer).toArray()).map((row) => readRow('asking', row))
}

export async function answersOfAskings(db: Phone, askings: readonly string[]): Promise<Answer[]> {
  return (await db.answer.where('f.asking').anyOf([...askings]).toArray()).map((row) => readRow('answer', row))
}
