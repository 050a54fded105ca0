import { save } from './save'
import { undoable, type Undoable } from './undoable'

export interface AnswerHelp {
  help: string
  answer: string
}

/** Whoever knows may answer. It cannot be taken back, so it is written once it cannot be undone any more. */
export function answerHelp({ help, answer }: AnswerHelp): Undoable {
  return undoable('help', help, () => save('help.answer', { help, answer }, help))
}
