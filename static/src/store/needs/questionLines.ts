import { answersOfAskings, askingsOfQuestions, questionsOfNeeds } from '../../db/questions'
import type { Answer } from '../../shapes/answer'
import type { Asking } from '../../shapes/asking'
import type { Question } from '../../shapes/question'
import { compare } from '../order'
import { present } from '../present'
import type { AnswerLine, AskingLine, QuestionLine } from './lines'
import type { Reader } from './reader'
import { cameAt } from './voiceLines'

function newestFirst(a: Answer, b: Answer): number {
  return compare(cameAt(b), cameAt(a)) || compare(b.id, a.id)
}

async function answerLines(reader: Reader, askings: ReadonlySet<string>): Promise<Map<string, AnswerLine[]>> {
  const answers = reader.over('answer', await answersOfAskings(reader.db, [...askings]), (answer) => askings.has(answer.asking))
  const found = new Map<string, AnswerLine[]>()
  for (const answer of answers.sort(newestFirst)) {
    const author = reader.member(answer.member)
    const line = { answer, ...reader.mark('answer', answer), ...present<Pick<AnswerLine, 'author'>>({ author }) }
    found.set(answer.asking, [...(found.get(answer.asking) ?? []), line])
  }
  return found
}

export async function askingLines(reader: Reader, askings: readonly Asking[]): Promise<AskingLine[]> {
  const customers = await reader.customers(askings.map((asking) => asking.customer))
  const needs = await reader.byId('need', askings.map((asking) => asking.need))
  const answers = await answerLines(reader, new Set(askings.map((asking) => asking.id)))
  return askings.map((asking) => ({
    asking,
    ...reader.mark('asking', asking),
    answers: answers.get(asking.id) ?? [],
    ...present<Pick<AskingLine, 'customer' | 'need' | 'asker'>>({
      customer: customers.get(asking.customer),
      need: needs.get(asking.need),
      asker: reader.member(asking.member),
    }),
  }))
}

/** The questions about these needs, newest first, each with whom it asks. */
export async function questionLines(reader: Reader, needs: ReadonlySet<string>): Promise<QuestionLine[]> {
  const base = await questionsOfNeeds(reader.db, [...needs])
  const questions = reader.over('question', base, (question) => needs.has(question.need))
  const ids = new Set(questions.map((question) => question.id))
  const held = reader.over('asking', await askingsOfQuestions(reader.db, [...ids]), (asking) => ids.has(asking.question))
  const askings = await askingLines(reader, held)
  return questions
    .sort((a, b) => compare(cameAt(b), cameAt(a)) || compare(b.id, a.id))
    .map((question) => questionLine(reader, question, askings))
}

function questionLine(reader: Reader, question: Question, all: readonly AskingLine[]): QuestionLine {
  const mark = reader.mark('question', question)
  const asker = reader.member(question.member)
  return {
    question,
    ...mark,
    askings: all.filter((line) => line.asking.question === question.id).sort(byCustomer),
    canWithdraw: question.withdrawn_at === null && (mark.isMine || reader.actor.is_admin),
    ...present<Pick<QuestionLine, 'asker'>>({ asker }),
  }
}

function byCustomer(a: AskingLine, b: AskingLine): number {
  return compare(a.customer?.name ?? '~', b.customer?.name ?? '~') || compare(a.asking.id, b.asking.id)
}
