import type { Answer, Failure } from './http'

export type Understood<T> = { kind: 'ok'; message: T } | Failure

/** A 200 that is not the expected message is no answer at all. */
export function understood<T>(answer: Answer, read: (body: unknown) => T | undefined): Understood<T> {
  if (answer.kind !== 'ok') return answer
  const message = read(answer.body)
  return message === undefined ? { kind: 'foreign', status: answer.status } : { kind: 'ok', message }
}
