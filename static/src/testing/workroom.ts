import { LAID, type Coming } from '../overlay/ground'
import { lay, type Base } from '../overlay/lay'
import { readEntry, type Entry } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import { hex, newId } from '../shapes/id'
import type { Member } from '../shapes/member'
import { READERS, type ShapeName } from '../shapes/row'
import type { MetConflict, SettledState } from '../shapes/settled'
import type { World } from './world'

export interface LogLine {
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

export interface Replica {
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

type Judge = (entry: Entry) => { code: string; params?: Fields } | undefined

/** What a server holds, and what its workers make of what came in. Their rules are the phone's own reducers. */
export class Workroom {
  protected state: State = { epoch: 1, seq: 0, log: [], rows: new Map(), replicas: new Map(), effects: new Map() }
  /** tags of this history: a restored server writes another one */
  protected tags = new Map<number, string>([[0, 'start']])
  /** which entries to park, and why */
  judge: Judge = () => undefined

  constructor(readonly world: World) {
    this.unit(() => {
      this.put('organization', world.org, { name: 'Hanbit', time_zone: 'Asia/Seoul' }, ['org/base'])
      for (const member of [world.ana, world.ben, world.mia]) this.put('member', member.id, { ...member }, ['org/base'])
      this.put('team', world.team, { name: 'North', lead: world.mia.id }, ['org/base'])
      this.put('territory', world.north, { name: 'North', is_active: true }, ['org/base'])
    })
  }

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
}
