import { isFields } from '../shapes/fields'
import { send, type Answer, type Request } from './http'

let remembered: string | undefined

function fromCookie(): string | undefined {
  if (typeof document === 'undefined') return undefined
  return /(?:^|;\s*)(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1]
}

/**
 * Signing in leaves the token's cookie, which outlives the session. Without it nobody has ever signed in here, and to
 * ask who is would only fill the browser's log with a refusal.
 */
export function mayHaveSession(): boolean {
  return fromCookie() !== undefined
}

async function fetchToken(): Promise<Answer> {
  const answer = await send({ method: 'GET', path: '/api/v1/csrf/' })
  if (answer.kind === 'ok' && isFields(answer.body) && typeof answer.body.csrf === 'string') remembered = answer.body.csrf
  return answer
}

/** Forgets the token that was handed out; signing in makes a new one. */
export function forgetCsrf(): void {
  remembered = undefined
}

function isStale(answer: Answer): boolean {
  return answer.kind === 'problem' && answer.status === 403 && answer.code === 'csrf_stale'
}

/** Sends with the CSRF token. The token of a page opened days ago is stale: it is fetched anew, once. */
export async function sendSigned(request: Request): Promise<Answer> {
  let token = fromCookie() ?? remembered
  if (token === undefined) {
    const answer = await fetchToken()
    token = fromCookie() ?? remembered
    if (token === undefined) return answer.kind === 'ok' ? { kind: 'foreign', status: answer.status } : answer
  }
  const first = await send({ ...request, csrf: token })
  if (!isStale(first)) return first
  await fetchToken()
  return send({ ...request, csrf: fromCookie() ?? remembered ?? token })
}
