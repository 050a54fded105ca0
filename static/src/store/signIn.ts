import type { Answer } from '../net/http'
import { isFields } from '../shapes/fields'

export type SignInCode = 'wrong' | 'offline' | 'too_many' | 'code_expired' | 'unexpected'
export type SignInResult = { ok: true } | { ok: false; code: SignInCode }

export type SignInStep = 'password' | 'code_request' | 'code_confirm'

function errorCodes(body: unknown): string[] {
  const errors = isFields(body) && Array.isArray(body.errors) ? body.errors : []
  return errors.flatMap((error: unknown) => (isFields(error) && typeof error.code === 'string' ? [error.code] : []))
}

function isPending(body: unknown, flow: string): boolean {
  const data = isFields(body) && isFields(body.data) ? body.data : {}
  const flows = Array.isArray(data.flows) ? data.flows : []
  return flows.some((one: unknown) => isFields(one) && one.id === flow && one.is_pending === true)
}

function failureOf(answer: Exclude<Answer, { kind: 'ok' }>, step: SignInStep): SignInCode {
  if (answer.kind === 'offline') return 'offline'
  if (answer.kind === 'foreign') return answer.status < 400 ? 'offline' : answer.status === 429 ? 'too_many' : 'unexpected'
  const codes = errorCodes(answer.details)
  if (answer.status === 429 || codes.some((code) => code.startsWith('too_many'))) return 'too_many'
  // No code is asked for any more: it was used, replaced, or typed wrong too often.
  if (step === 'code_confirm' && answer.status === 409) return 'code_expired'
  return answer.status === 400 ? 'wrong' : 'unexpected'
}

/** What a step of signing in has come to. Asking for a code is answered by 401 with the flow pending: that is a yes. */
export function resultOf(answer: Answer, step: SignInStep): SignInResult {
  if (answer.kind === 'ok') return { ok: true }
  const isAsked = step === 'code_request' && answer.kind === 'problem' && isPending(answer.details, 'login_by_code')
  return isAsked ? { ok: true } : { ok: false, code: failureOf(answer, step) }
}
