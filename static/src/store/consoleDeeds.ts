import { postParked, postPhone, postUnsent } from '../net/console'
import type { Answer } from '../net/http'
import type { Rescued, UnsentFile } from '../shapes/console'
import { isFields, number, type Fields } from '../shapes/fields'
import type { Params } from '../shapes/settled'
import { refreshParked, refreshPhones } from './console'

/** What became of something that only the server can do. Nothing of it waits in an outbox: it is done now or not at all. */
export type Deed<T = undefined> =
  | { kind: 'done'; result: T }
  | { kind: 'offline' }
  /** the server's word why not */
  | { kind: 'refused'; code: string; params: Params }
  | { kind: 'failed' }

/** A worker takes a moment for what is tried again. */
const LOOK_AGAIN_MS = 2_000

function lookAgain(): void {
  void refreshParked()
  setTimeout(() => void refreshParked(), LOOK_AGAIN_MS)
}

/** What an answer means for whoever waits for it. */
export function deedOf<T>(answer: Answer, result: (body: unknown) => T): Deed<T> {
  if (answer.kind === 'ok') return { kind: 'done', result: result(answer.body) }
  if (answer.kind === 'offline' || (answer.kind === 'foreign' && answer.status < 400)) return { kind: 'offline' }
  const isTold = answer.kind === 'problem' && answer.code !== '' && answer.status < 500
  return isTold ? { kind: 'refused', code: answer.code, params: answer.details } : { kind: 'failed' }
}

async function toEntry(id: number, verb: Parameters<typeof postParked>[1], body: Fields = {}): Promise<Deed> {
  const deed = deedOf(await postParked(id, verb, body), () => undefined)
  if (deed.kind !== 'offline') lookAgain()
  return deed
}

/** Puts it back in line; what was shut out is let in by it. */
export async function retryFor(id: number): Promise<Deed> {
  return toEntry(id, 'retry')
}

export async function returnToWriter(id: number, note: string): Promise<Deed> {
  return toEntry(id, 'return', { note })
}

export async function discardFor(id: number, note: string): Promise<Deed> {
  return toEntry(id, 'discard', { note })
}

/** Does what its writer wanted with other words, by the writer's name. */
export async function applyFor(id: number, args: Fields): Promise<Deed> {
  return toEntry(id, 'apply', { args })
}

export async function revokePhone(id: number): Promise<Deed> {
  const deed = deedOf(await postPhone(id, 'revoke'), () => undefined)
  await refreshPhones()
  return deed
}

/** Lets in all that a phone which was shut out has handed in; how much that was. */
export async function acceptAll(id: number): Promise<Deed<number>> {
  const deed = deedOf(await postPhone(id, 'accept'), (body) => (isFields(body) ? number(body, 'accepted') : 0))
  lookAgain()
  await refreshPhones()
  return deed
}

/** Takes in unsent work that was saved on a phone as a file. The same file twice changes nothing. */
export async function importUnsent(file: UnsentFile): Promise<Deed<Rescued>> {
  const answer = await postUnsent(file.body)
  if (answer.kind === 'ok') lookAgain()
  return answer.kind === 'ok' ? { kind: 'done', result: answer.message } : deedOf(answer, () => ({ taken: 0, known: 0 }))
}
