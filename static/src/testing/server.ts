import { LAID, type Coming } from '../overlay/ground'
import { lay, type Base } from '../overlay/lay'
import { digest, link } from '../shapes/chain'
import { CHAIN_START } from '../shapes/chainStart'
import { readEntry, type Entry } from '../shapes/entry'
import type { Said } from '../db/digests'
import type { Fields } from '../shapes/fields'
import { hex, newId } from '../shapes/id'
import type { Member } from '../shapes/member'
import type { Loss } from '../shapes/messages'
import { READERS, type ShapeName } from '../shapes/row'
import type { MetConflict, SettledState } from '../shapes/settled'
import type { World } from './world'

interface LogLine {
  seq: number
  stream: string
  t: string
  id: string
  op: 'put' | 'rm'
}

interface Settlement {
  n: number
  id: string
  state: SettledState
  seq: number
  code: string | null
  params: Fields
  conflicts: MetConflict[]
}

interface Replica {
  member: string
  entries: string[]
  chains: string[]
  settledN: number
  settled: Settlement[]
}

interface State {
  epoch: number
  seq: number
  log: LogLine[]
  rows: Map<string, { rv: string; f: Fields }>
  replicas: Map<string, Replica>
  /** entry → how often it took effect; more than once is a double */
  effects: Map<string, number>
}

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

type Judge = (entry: Entry) => { code: string; params?: Fields } | undefined

function problem(status: number, code: string, more: Fields = {}): Reply {
  return { status, body: { type: 'about:blank', title: code, status, code, ...more } }
}

/** A server that speaks the contract, small enough to be read. Its rules are the phone's own reducers. */
export class FakeServer {
  private state: State = { epoch: 1, seq: 0, log: [], rows: new Map(), replicas: new Map(), effects: new Map() }
  /** tags of this history: a restored server writes another one */
  private tags = new Map<number, string>([[0, 'start']])
  pageRows = 50
  limits = { max_entries: 500, max_bytes: 1_000_000, max_entry_bytes: 65_536, max_rows: 1_000, max_page_bytes: 262_144 }
  /** which entries to park, and why */
  judge: Judge = () => undefined
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

  constructor(readonly world: World) {
    this.signedIn = world.ana.id
    this.unit(() => {
      this.put('organization', world.org, { name: 'Hanbit', time_zone: 'Asia/Seoul' }, ['org/base'])
      for (const member of [world.ana, world.ben, world.mia]) this.put('member', member.id, { ...member }, ['org/base'])
      this.put('team', world.team, { name: 'North', lead: world.mia.id }, ['org/base'])
      this.put('territory', world.north, { name: 'North', is_active: true }, ['org/base'])
    })
  }

  // --- what the office does -----------------------------------------------------------------

  /** One unit of work: everything in it gets one number. */
  unit(work: () => void): void {
    this.state.seq += 1
    this.tags.set(this.state.seq, hex(crypto.getRandomValues(new Uint8Array(8))))
    work()
  }

  put(t: string, id: string, f: Fields, streams: string[]): void {
    const { id: _, ...fields } = f
    this.state.rows.set(`${t}:${id}`, { rv: hex(crypto.getRandomValues(new Uint8Array(8))), f: { id, ...fields } })
    for (const stream of streams) this.note({ seq: this.state.seq, stream, t, id, op: 'put' })
  }

  remove(t: string, id: string, streams: string[]): void {
    for (const stream of streams) this.note({ seq: this.state.seq, stream, t, id, op: 'rm' })
  }

  private note(line: LogLine): void {
    const isSame = (old: LogLine) => old.stream === line.stream && old.t === line.t && old.id === line.id
    this.state.log = [...this.state.log.filter((old) => !isSame(old)), line]
  }

  base(): string {
    return `t:${this.world.north}/base`
  }

  fields(t: string, id: string): Fields | undefined {
    return this.state.rows.get(`${t}:${id}`)?.f
  }

  rowsOf(t: string): string[] {
    return [...this.state.rows.keys()].filter((key) => key.startsWith(`${t}:`)).map((key) => key.slice(t.length + 1))
  }

  effectsOf(entry: string): number {
    return this.state.effects.get(entry) ?? 0
  }

  get effects(): number[] {
    return [...this.state.effects.values()]
  }

  entriesOf(replica: string): string[] {
    return this.state.replicas.get(replica)?.entries ?? []
  }

  get replicaKeys(): string[] {
    return [...this.state.replicas.keys()]
  }

  backup(): { state: State; tags: Map<number, string> } {
    return structuredClone({ state: this.state, tags: this.tags })
  }

  restore(backup: { state: State; tags: Map<number, string> }, isEpochNew = true): void {
    const { state, tags } = structuredClone(backup)
    this.state = { ...state, epoch: state.epoch + (isEpochNew ? 1 : 0) }
    this.tags = tags
  }

  forgetReplica(key: string): void {
    this.state.replicas.delete(key)
  }

  /** Celery's part: judges everything that was received, or the next few. */
  drain(most = Number.POSITIVE_INFINITY): void {
    for (const replica of this.state.replicas.values()) {
      const until = Math.min(replica.entries.length, replica.settledN + most)
      if (until === replica.settledN) continue
      this.unit(() => {
        while (replica.settledN < until) this.settleOne(replica, ++replica.settledN)
      })
    }
  }

  /** What is parked here was applied under another replica: its copy is done as well. */
  settleCopy(id: string): void {
    const found = this.find(id)
    if (found !== undefined) this.unit(() => this.answer(found[0], found[1].n, id, 'duplicate'))
  }

  private settleOne(replica: Replica, n: number): void {
    const text = replica.entries[n - 1] ?? ''
    const entry = readEntry(text)
    if (entry === undefined) return this.answer(replica, n, '', 'parked', 'bad_entry')
    if (this.state.effects.has(entry.id)) return this.answer(replica, n, entry.id, 'duplicate')
    const waitsFor = entry.after?.find((id) => this.find(id) !== undefined)
    if (waitsFor !== undefined) return this.answer(replica, n, entry.id, 'parked', 'waits_for', { entry: waitsFor })
    const refusal = this.judge(entry)
    if (refusal !== undefined) return this.answer(replica, n, entry.id, 'parked', refusal.code, refusal.params)
    const conflicts = this.takeEffect(replica, entry)
    this.answer(replica, n, entry.id, conflicts.length > 0 ? 'conflict' : 'applied', null, {}, conflicts)
  }

  private answer(
    replica: Replica,
    n: number,
    id: string,
    state: SettledState,
    code: string | null = null,
    params: Fields = {},
    conflicts: MetConflict[] = [],
  ): void {
    replica.settled = replica.settled.filter((old) => old.n !== n)
    replica.settled.push({ n, id, state, seq: this.state.seq, code, params, conflicts })
  }

  private takeEffect(replica: Replica, entry: Entry): MetConflict[] {
    this.state.effects.set(entry.id, this.effectsOf(entry.id) + 1)
    if (entry.kind === 'entry.retry') this.again(entry.args.entry)
    if (entry.kind === 'entry.discard') this.decide(entry.args.entry, 'discarded')
    if (entry.supersedes !== undefined) this.decide(entry.supersedes, 'superseded')
    const changed = lay(this.ground(replica.member), [entry])
    for (const t of LAID) {
      for (const [id, row] of changed[t]) this.put(t, id, { ...row, received_at: 'x' }, this.streamsOfRow(replica.member))
    }
    return changed.clashes.map((clash) => this.keepConflict(replica.member, clash))
  }

  private streamsOfRow(member: string): string[] {
    return [this.base(), `u:${member}/base`]
  }

  private keepConflict(member: string, clash: Coming): MetConflict {
    const id = newId()
    const { shape, row, names } = clash
    const more = { their_member: null, theirs_at: null, received_at: new Date().toISOString(), choice: null, resolved_by: null, closed_at: null }
    this.put('conflict', id, { ...clash, ...more }, this.streamsOfRow(member))
    return { id, shape, row, names }
  }

  private find(id: string): [Replica, Settlement] | undefined {
    for (const replica of this.state.replicas.values()) {
      const settled = replica.settled.find((one) => one.id === id && one.state === 'parked')
      if (settled !== undefined) return [replica, settled]
    }
    return undefined
  }

  private again(id: string): void {
    const found = this.find(id)
    if (found === undefined) return
    const [replica, { n }] = found
    replica.settled = replica.settled.filter((one) => one.n !== n)
    this.settleOne(replica, n)
    this.letGo(id)
  }

  /** What waited for an entry is judged again, in order of n. */
  private letGo(id: string): void {
    if (this.find(id) !== undefined) return
    for (const replica of this.state.replicas.values()) {
      const waiting = replica.settled.filter((one) => one.code === 'waits_for' && one.params.entry === id)
      for (const { n, id: next } of waiting.sort((a, b) => a.n - b.n)) {
        this.settleOne(replica, n)
        this.letGo(next)
      }
    }
  }

  private decide(id: string, state: SettledState): void {
    const found = this.find(id)
    if (found !== undefined) this.answer(found[0], found[1].n, id, state)
    this.letGo(id)
  }

  private all<Name extends ShapeName>(t: Name): ReturnType<(typeof READERS)[Name]>[] {
    const read = READERS[t] as (id: string, f: Fields) => ReturnType<(typeof READERS)[Name]>
    return this.rowsOf(t).map((id) => read(id, this.fields(t, id) ?? {}))
  }

  private ground(member: string): Base {
    const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]))
    return {
      actor: this.all('member').find((one: Member) => one.id === member)!,
      rows: Object.fromEntries(LAID.map((t) => [t, this.all(t)])) as unknown as Base['rows'],
      territories: new Set(this.rowsOf('territory')),
      products: byId(this.all('product')),
      chips: byId(this.all('chip')),
      timeZone: 'Asia/Seoul',
      members: byId(this.all('member')),
      teams: byId(this.all('team')),
    }
  }

  // --- the door -----------------------------------------------------------------------------

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
