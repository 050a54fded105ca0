import { gunzipSync } from 'node:zlib'
import type { Fields } from '../shapes/fields'
import type { FakeServer, Reply } from './server'

/** What happens to one request: lost before or after the server saw it, or answered by somebody else. */
export type Fault = 'lose_request' | 'lose_answer' | { reply: Response }

export interface Seen {
  method: string
  path: string
  body: unknown
}

/** The road between phone and server, in place of `fetch`. */
export class Network {
  isUp = true
  faults: Fault[] = []
  /** what the server answers besides the sync door: `POST /path` */
  readonly routes = new Map<string, (body: unknown) => Reply>()
  seen: Seen[] = []
  /** runs before the answer goes back: the moment for what happens meanwhile */
  onRequest: (path: string) => Promise<void> | void = () => undefined
  private readonly fetchBefore = globalThis.fetch

  constructor(private readonly server: FakeServer) {
    globalThis.fetch = (input, init) => this.fetch(String(input), init ?? {})
  }

  close(): void {
    globalThis.fetch = this.fetchBefore
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const fault = path.startsWith('/api/sync/') ? this.faults.shift() : undefined
    if (!this.isUp || fault === 'lose_request') throw new TypeError('Failed to fetch')
    const body = read(init)
    this.seen.push({ method: init.method ?? 'GET', path, body })
    if (typeof fault === 'object') return fault.reply
    const reply = this.answer(`${init.method ?? 'GET'} ${path}`, path, body)
    await this.onRequest(path)
    if (fault === 'lose_answer') throw new TypeError('network connection was lost')
    return respond(reply)
  }

  private answer(request: string, path: string, body: unknown): Reply {
    if (path === '/api/v1/csrf/') return { status: 200, body: { csrf: 'token' } }
    return this.routes.get(request)?.(body) ?? this.server.handle(path, body as Fields)
  }
}

function read(init: RequestInit): unknown {
  if (init.body === undefined || init.body === null) return undefined
  const text = typeof init.body === 'string' ? init.body : gunzipSync(init.body as Uint8Array).toString('utf8')
  return JSON.parse(text)
}

export function respond({ status, body }: Reply, headers: Record<string, string> = {}): Response {
  const kind = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': kind, ...headers } })
}

/** The sign-in page of a café, answering in the server's place. */
export function portalPage(status = 200): Response {
  return new Response('<html><body>Welcome to free Wi-Fi</body></html>', { status, headers: { 'Content-Type': 'text/html' } })
}
