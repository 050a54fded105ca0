import type { Said } from '../db/digests'
import { digest, link } from '../shapes/chain'
import { CHAIN_START } from '../shapes/chainStart'
import type { Fields } from '../shapes/fields'
import type { Loss } from '../shapes/messages'
import { Workroom, type LogLine, type Replica } from './workroom'
import type { World } from './world'

interface Cursor {
  epoch: number
  tag: string
  seq: number
  replica: string
  streams: string[]
  /** streams that are fetched from the beginning, and how far */
  late?: { streams: string[]; seq: number }
}

export interface Reply {
  status: number
  body: unknown
}

function problem(status: number, code: string, more: Fields = {}): Reply {
  return { status, body: { type: 'about:blank', title: code, status, code, ...more } }
}

/** A server that speaks the contract, small enough to be read. */
export class FakeServer extends Workroom {
  pageRows = 50
  limits = { max_entries: 500, max_bytes: 1_000_000, max_entry_bytes: 65_536, max_rows: 1_000, max_page_bytes: 262_144 }
  revoked = new Set<string>()
  served = { hello: 0, push: 0, pull: 0, rows: 0, compared: 0 }
  /** what it says of lost work, by replica */
  losses = new Map<string, Loss>()
  /** it knows the replica of before, and misses nothing of it */
  holdsAll = false
  /** what each replica reported as lost */
  reported: Loss[] = []
  signedIn: string | undefined
  /** what a member reads */
  streamsOf = (member: string): string[] => ['org/base', this.base(), `u:${member}/base`]

  constructor(world: World) {
    super(world)
    this.signedIn = world.ana.id
  }

  handle(path: string, body: Fields): Reply {
    if (this.signedIn === undefined) return problem(401, 'auth_required')
    if (path === '/api/sync/v1/hello') return this.hello(body)
    if (path === '/api/sync/v1/push') return this.push(body)
    if (path === '/api/sync/v1/pull') return this.pull(body)
    return problem(404, 'not_found')
  }

  private standing(replica: Replica): Fields {
    const n = replica.entries.length
    const time = { server_time: new Date().toISOString(), commands: [] }
    return { received_n: n, chain: replica.chains[n - 1] ?? CHAIN_START, settled_n: replica.settledN, ...time }
  }

  private hello(body: Fields): Reply {
    if (body.digests === undefined) this.served.hello += 1
    else this.served.compared += 1
    const key = String(body.replica)
    if (body.lost !== undefined) {
      this.reported.push(body.lost as Loss)
      if (!this.holdsAll && !this.losses.has(key)) this.losses.set(key, body.lost as Loss)
    }
    const fresh: Replica = { member: this.signedIn ?? '', entries: [], chains: [], settledN: 0, settled: [] }
    const replica = this.state.replicas.get(key) ?? fresh
    if (replica.member !== this.signedIn) return problem(403, 'replica_member_mismatch')
    this.state.replicas.set(key, replica)
    const state = { device_state: this.revoked.has(key) ? 'revoked' : 'active' }
    const commands = this.commands(key, replica, body.digests as Said | undefined)
    return { status: 200, body: { epoch: `${this.state.epoch}`, head: {}, limits: this.limits, ...state, ...this.standing(replica), commands } }
  }

  private commands(key: string, replica: Replica, said: Said | undefined): Fields[] {
    if (this.revoked.has(key)) return [{ command: 'wipe' }]
    const loss = this.losses.get(key)
    const streams = said === undefined ? [] : this.streamsOf(replica.member).filter((name) => this.differs(name, said))
    return [...(loss === undefined ? [] : [{ command: 'lost', ...loss }]), ...(streams.length === 0 ? [] : [{ command: 'refetch', streams }])]
  }

  private differs(stream: string, { cursor, streams }: Said): boolean {
    const lines = this.state.log.filter((line) => line.stream === stream)
    const { seq } = JSON.parse(cursor) as Cursor
    if (streams[stream] === undefined || lines.some((line) => line.seq > seq)) return false
    const held = lines.filter((line) => line.op === 'put').map(({ t, id }) => BigInt(`0x${this.state.rows.get(`${t}:${id}`)?.rv}`))
    const xor = held.reduce((both, rv) => both ^ rv, 0n).toString(16).padStart(16, '0')
    return JSON.stringify(streams[stream]) !== JSON.stringify([held.length, xor])
  }

  private push(body: Fields): Reply {
    this.served.push += 1
    const replica = this.state.replicas.get(String(body.replica))
    if (replica === undefined) return problem(409, 'unknown_replica')
    if (replica.member !== this.signedIn) return problem(403, 'replica_member_mismatch')
    const entries = body.entries as string[]
    const first = body.first_n as number
    if (entries.length > this.limits.max_entries) return problem(413, 'too_large', { limits: this.limits })
    if (first > replica.entries.length + 1) return problem(409, 'gap', { expected_n: replica.entries.length + 1 })
    for (const [index, text] of entries.entries()) {
      const n = first + index
      const known = replica.entries[n - 1]
      if (known !== undefined && known !== text) return problem(409, 'replica_forked', { n })
      if (known === undefined) this.receive(replica, text)
    }
    return { status: 200, body: { ...this.standing(replica), limits: this.limits } }
  }

  private receive(replica: Replica, text: string): void {
    replica.chains.push(link(replica.chains.at(-1) ?? CHAIN_START, digest(text)))
    replica.entries.push(text)
  }

  private pull(body: Fields): Reply {
    this.served.pull += 1
    const key = String(body.replica)
    const replica = this.state.replicas.get(key)
    if (replica === undefined) return problem(409, 'unknown_replica')
    if (this.revoked.has(key)) return problem(403, 'device_revoked')
    const cursor = body.cursor === null ? undefined : (JSON.parse(String(body.cursor)) as Cursor)
    if (cursor !== undefined && cursor.replica !== key) return problem(400, 'bad_cursor')
    const isOther = cursor !== undefined && (cursor.epoch !== this.state.epoch || this.tags.get(cursor.seq) !== cursor.tag)
    if (isOther) return { status: 200, body: { answer: 'diverged', cursor: null, more: true, ...this.standing(replica) } }
    return { status: 200, body: this.page(key, replica, cursor, (body.refetch as string[] | undefined) ?? []) }
  }

  private page(key: string, replica: Replica, cursor: Cursor | undefined, refetch: string[]): Fields {
    const streams = this.streamsOf(replica.member)
    const late = refetch.length > 0 ? { streams: refetch, seq: 0 } : cursor?.late
    const since = cursor?.seq ?? 0
    const main = this.fill(streams.filter((stream) => !late?.streams.includes(stream)), since)
    const again = late !== undefined && main.until === this.state.seq ? this.fill(late.streams, late.seq) : undefined
    const rows = this.texts([...main.taken, ...(again?.taken ?? [])])
    this.served.rows += rows.length
    const isLate = late !== undefined && again?.until !== this.state.seq
    const next: Cursor = { epoch: this.state.epoch, tag: this.tags.get(main.until) ?? '', seq: main.until, replica: key, streams }
    if (isLate) next.late = { streams: late.streams, seq: again?.until ?? late.seq }
    const gone = (cursor?.streams ?? []).filter((stream) => !streams.includes(stream))
    return {
      answer: 'page',
      cursor: JSON.stringify(next),
      more: main.until < this.state.seq || isLate,
      drop: [...gone, ...refetch],
      rows,
      settled: replica.settled.filter((one) => one.seq > since && one.seq <= main.until),
      ...this.standing(replica),
      ...(cursor === undefined ? { total: main.total } : {}),
    }
  }

  /** The lines of some streams after a number, as many as fit on a page. */
  private fill(streams: string[], since: number): { taken: LogLine[]; until: number; total: number } {
    const lines = this.state.log.filter((line) => line.seq > since && streams.includes(line.stream))
    const taken = this.wholeNumbers(lines.sort((a, b) => a.seq - b.seq))
    const until = taken.length === lines.length ? this.state.seq : (taken.at(-1)?.seq ?? since)
    return { taken, until, total: new Set(lines.map((line) => `${line.t}:${line.id}`)).size }
  }

  private wholeNumbers(lines: LogLine[]): LogLine[] {
    const cut = lines[this.pageRows]
    if (cut === undefined) return lines
    const whole = lines.filter((line) => line.seq < cut.seq)
    return whole.length > 0 ? whole : lines.filter((line) => line.seq === cut.seq)
  }

  private texts(lines: LogLine[]): Fields[] {
    const groups = new Map<string, LogLine[]>()
    for (const line of lines) {
      const key = `${line.t}:${line.id}:${line.op}`
      groups.set(key, [...(groups.get(key) ?? []), line])
    }
    return [...groups.values()].map((group) => {
      const [{ t, id, op }] = group as [LogLine]
      const row = this.state.rows.get(`${t}:${id}`)
      const s = group.map((line) => line.stream)
      return op === 'rm' ? { s, t, id, op } : { s, t, id, op, rv: row?.rv, f: row?.f }
    })
  }
}
