import { isFields, type Fields } from '../shapes/fields'

/**
 * What became of a request, by what the body says and never by a bare status.
 * ok: a 2xx with JSON. problem: a refusal with a code. foreign: an answer of somebody else (a captive portal,
 * a proxy's error page). offline: no answer.
 */
export type Answer =
  | { kind: 'ok'; status: number; body: unknown }
  | { kind: 'problem'; status: number; code: string; details: Fields; retryAfterS?: number }
  | { kind: 'foreign'; status: number; retryAfterS?: number }
  | { kind: 'offline' }

export type Failure = Exclude<Answer, { kind: 'ok' }>

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  csrf?: string
  /** of the row as it was read: who changes a later one is refused */
  version?: string
}

/** A request that hangs is given up: half-open connections are common on the move. */
const TIMEOUT_MS = 25_000
const WORTH_ZIPPING = 2_000

async function zipped(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

async function encode(request: Request): Promise<{ body?: BodyInit; headers: Record<string, string> }> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (request.csrf !== undefined) headers['X-CSRFToken'] = request.csrf
  if (request.version !== undefined) headers['If-Match'] = `"${request.version}"`
  if (request.body === undefined) return { headers }
  headers['Content-Type'] = 'application/json'
  const text = JSON.stringify(request.body)
  // Only the sync door takes packed bodies.
  const isPacked = request.path.startsWith('/api/sync/') && text.length > WORTH_ZIPPING && typeof CompressionStream !== 'undefined'
  if (!isPacked) return { body: text, headers }
  headers['Content-Encoding'] = 'gzip'
  return { body: await zipped(text), headers }
}

async function readBody(response: Response): Promise<unknown> {
  if (!/\bjson\b/.test(response.headers.get('Content-Type') ?? '')) return undefined
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function retryAfter(response: Response): { retryAfterS?: number } {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterS: Math.min(seconds, 3_600) } : {}
}

async function judge(response: Response): Promise<Answer> {
  const { status } = response
  const body = await readBody(response)
  if (response.ok && body !== undefined) return { kind: 'ok', status, body }
  // Done, and nothing to say.
  if (status === 204) return { kind: 'ok', status, body: undefined }
  if (!response.ok && isFields(body)) {
    const code = typeof body.code === 'string' ? body.code : ''
    return { kind: 'problem', status, code, details: body, ...retryAfter(response) }
  }
  return { kind: 'foreign', status, ...retryAfter(response) }
}

export async function send(request: Request): Promise<Answer> {
  try {
    const { body, headers } = await encode(request)
    const response = await fetch(request.path, {
      method: request.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      // A portal that redirects is not our server.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body }),
    })
    return await judge(response)
  } catch {
    return { kind: 'offline' }
  }
}
