import { refetchBase } from '../db/base'
import { announce } from '../db/changes'
import { noteRefetch, readDigests } from '../db/digests'
import { pruneJournal } from '../db/journal'
import { lossIsTold, takeNews, untoldLoss } from '../db/loss'
import { readMeta, writeMeta } from '../db/meta'
import { entriesAfter } from '../db/outbox'
import { readCursor } from '../db/page'
import { readStanding, recordReceipt } from '../db/received'
import { renewReplica } from '../db/replica'
import type { Phone } from '../db/schema'
import { wipe } from '../db/wipe'
import type { HelloMessage } from '../net/hello'
import type { Failure } from '../net/http'
import { newReplica } from '../shapes/id'
import type { Command, Limits, PullAnswer, Receipted } from '../shapes/messages'
import { applyPage, KnownRows } from './apply'
import { JOURNAL_DAYS, PACE } from './pace'
import type { Ports } from './ports'
import type { SyncEvent } from './state'

const FIRST_BATCH = 50
const LARGEST_BATCH = 200
const PAGE_BYTES = 262_144
/** milliseconds; smaller steps are the network's */
const SKEW_STEP = 2_000
/** A server that takes no new history either is at fault itself: wait instead of making one after the other. */
const MOST_RENEWALS = 2

/** Refusals that another greeting or some patience may turn. */
const PASSING = ['unknown_replica', 'replica_forked', 'gap', 'csrf_stale', 'rate_limited']

/** Whether the server will not take this, however often it is asked. */
function isForGood(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.status < 500 && failure.status !== 429 && !PASSING.includes(failure.code)
}

/** One walk between phone and server, a step at a time. Knows nothing of rows. */
export class Walk {
  private batch = FIRST_BATCH
  private limits: Limits = { max_entries: 500, max_bytes: 1_000_000, max_entry_bytes: 65_536 }
  private renewals = 0
  private isRevoked = false
  private skew: number | undefined
  /** when base and server were last compared, in this run of the app */
  private comparedAt: number | undefined
  private readonly known = new KnownRows()
  /** when the server last allows us to come again, by its own word; 0 when it said nothing */
  heldUntil = 0

  constructor(
    private readonly db: Phone,
    private readonly ports: Ports,
  ) {}

  async greet(): Promise<SyncEvent> {
    const { db } = this
    await pruneJournal(db, new Date(this.ports.clock.now() - JOURNAL_DAYS * 86_400_000).toISOString())
    const lost = await untoldLoss(db)
    const { message, received } = await this.greeting(lost === undefined ? {} : { lost })
    const answer = await this.ports.door.hello(message)
    if (answer.kind !== 'ok') return this.failure(answer)
    await this.noteClock(answer.message)
    if (!(await this.believes(answer.message, received))) return this.renew()
    // One that is told to forget everything hears of nothing else.
    const isConfirmed = answer.message.commands.some(({ command }) => command === 'lost' || command === 'wipe')
    if (lost !== undefined) await lossIsTold(db, { isConfirmed })
    await this.obey(answer.message.commands)
    this.limits = answer.message.limits
    this.isRevoked = answer.message.isRevoked
    return { type: 'greeted' }
  }

  private async greeting(more: Partial<HelloMessage>): Promise<{ message: HelloMessage; received: number }> {
    const { replica, received, length } = await readStanding(this.db)
    const pending = { count: length - received, max_n: length }
    return { message: { proto: 1, app: this.ports.app, org: this.db.org, replica, pending, ...more }, received }
  }

  /** A wipe is not done here: what is unsent goes out first. */
  private async obey(commands: readonly Command[]): Promise<void> {
    for (const said of commands) {
      if (said.command === 'lost') await takeNews(this.db, said)
      if (said.command === 'refetch') await noteRefetch(this.db, said.streams)
    }
  }

  /**
   * Says what the base holds, after each start and once a day. True when something of it has to be fetched anew.
   * What fails here is no reason to stop: it is said again at the next head.
   */
  private async compare(): Promise<boolean> {
    const now = this.ports.clock.now()
    if (this.comparedAt !== undefined && now - this.comparedAt < PACE.helloAgain) return false
    const digests = await readDigests(this.db)
    if (digests === undefined) return false
    const { message } = await this.greeting({ digests })
    const answer = await this.ports.door.hello(message)
    if (answer.kind !== 'offline') this.comparedAt = now
    if (answer.kind !== 'ok') return false
    await this.obey(answer.message.commands)
    return answer.message.commands.some(({ command }) => command === 'refetch')
  }

  async pushBatch(): Promise<SyncEvent> {
    const { db, limits } = this
    const { replica, received, length } = await readStanding(db)
    const size = Math.min(this.batch, limits.max_entries)
    const rows = await entriesAfter(db, received, size, limits.max_bytes * 0.9)
    if (received >= length) return this.isRevoked ? this.leave(false) : { type: 'nothing_to_send' }
    // What the server asks for was pruned here long ago: only a new history can hold the rest.
    if (rows[0]?.n !== received + 1) return this.renew()
    const answer = await this.ports.door.push({
      proto: 1,
      org: db.org,
      replica,
      sent_at: new Date(this.ports.clock.now()).toISOString(),
      first_n: received + 1,
      entries: rows.map((row) => row.bytes),
    })
    if (answer.kind !== 'ok') return this.pushFailure(answer, rows.length)
    if (!(await this.believes(answer.message, received))) return this.renew()
    // Nothing of the batch was taken: asking again at once would be asking for ever.
    if (answer.message.received_n <= received) return { type: 'failed', reason: 'server', isHeld: false }
    this.batch = Math.min(LARGEST_BATCH, this.batch * 2)
    this.renewals = 0
    return { type: 'batch_sent' }
  }

  async pullPage(): Promise<SyncEvent> {
    const { db } = this
    const { replica, received } = await readStanding(db)
    const cursor = await readCursor(db)
    const refetch = cursor.text === null ? undefined : await readMeta(db, 'refetch')
    const anew = refetch === undefined ? {} : { refetch }
    const answer = await this.ports.door.pull({ org: db.org, replica, cursor: cursor.text, max_bytes: PAGE_BYTES, ...anew })
    if (answer.kind !== 'ok') return this.pullFailure(answer)
    const { message } = answer
    await this.noteClock(message)
    if (!(await this.believes(message, received))) return this.renew()
    if (message.cursor === null || message.answer !== 'page') return this.startOver(message, cursor.text)
    if (message.more && message.cursor === cursor.text) return { type: 'failed', reason: 'server', isHeld: false }
    const isTaken = await applyPage(db, { replica, cursor, ...anew }, { ...message, cursor: message.cursor }, this.known)
    this.renewals = 0
    if (!isTaken || message.more || (await this.compare())) return { type: 'page_applied' }
    const now = await readStanding(db)
    return { type: 'head_reached', hasUnsent: now.received < now.length }
  }

  private async believes(receipt: Receipted, before: number): Promise<boolean> {
    return (await recordReceipt(this.db, receipt, before)) === 'agreed'
  }

  private async noteClock(receipt: Receipted): Promise<void> {
    const skew = Date.parse(receipt.server_time) - this.ports.clock.now()
    if (!Number.isFinite(skew) || Math.abs(skew - (this.skew ?? Infinity)) < SKEW_STEP) return
    this.skew = skew
    await writeMeta(this.db, 'skew_ms', skew)
  }

  private async renew(): Promise<SyncEvent> {
    const event = this.greetAgain()
    if (event.type === 'estranged') await renewReplica(this.db, newReplica())
    return event
  }

  private greetAgain(): SyncEvent {
    this.renewals += 1
    return this.renewals > MOST_RENEWALS ? { type: 'failed', reason: 'server', isHeld: false } : { type: 'estranged' }
  }

  /** The server's history is not the one our cursor was in: fetch everything again, keep what was written here. */
  private async startOver(answer: PullAnswer, asked: string | null): Promise<SyncEvent> {
    if (asked === null) return { type: 'failed', reason: 'server', isHeld: false }
    await refetchBase(this.db, answer.settled_n)
    return { type: 'page_applied' }
  }

  /**
   * A phone that was shut out has handed over what it holds, and forgets the rest. `isRefused`: the server takes no
   * more of it; what is left stays as a queue, to be taken as a file.
   */
  private async leave(isRefused: boolean): Promise<SyncEvent> {
    const wiped = await wipe(this.db, (unsent) => isRefused || unsent === 0)
    // Something was saved meanwhile: that goes out first.
    if (wiped === undefined) return { type: 'batch_sent' }
    announce(this.db, { isReset: true, rows: {} })
    this.ports.wiped(wiped.unsent)
    return { type: 'refused' }
  }

  private async pushFailure(failure: Failure, sent: number): Promise<SyncEvent> {
    const isTooLarge = failure.kind !== 'offline' && failure.status === 413
    if (this.isRevoked && isForGood(failure) && (!isTooLarge || sent === 1)) return this.leave(true)
    if (!isTooLarge || sent === 1) return this.failure(failure)
    this.batch = Math.max(1, Math.floor(sent / 2))
    return this.pushBatch()
  }

  private async pullFailure(failure: Failure): Promise<SyncEvent> {
    if (failure.kind === 'problem' && failure.code === 'device_revoked') {
      // It may still hand in: everything that is unsent goes out, then the rest is forgotten.
      this.isRevoked = true
      return { type: 'head_reached', hasUnsent: true }
    }
    if (failure.kind !== 'problem' || failure.code !== 'bad_cursor') return this.failure(failure)
    const { text } = await readCursor(this.db)
    if (text === null) return this.failure(failure)
    // A refusal does not say what is settled; the first page will.
    await refetchBase(this.db, null)
    return { type: 'page_applied' }
  }

  /** Acts on codes, never on a bare status; whatever is not understood is tried again later. */
  private async failure(failure: Failure): Promise<SyncEvent> {
    this.hold(failure)
    if (failure.kind === 'problem') {
      switch (failure.code) {
        case 'auth_required':
        case 'replica_member_mismatch':
        case 'not_found':
          return { type: 'unauthorized' }
        case 'device_revoked':
          return this.leave(true)
        case 'proto_unsupported':
          return { type: 'refused' }
        case 'unknown_replica':
        case 'replica_forked':
          return this.renew()
        case 'gap':
          return this.greetAgain()
      }
    }
    // A page of somebody else's with a good status is a captive portal: there is no way to our server.
    const isOffline = failure.kind === 'offline' || (failure.kind === 'foreign' && failure.status < 400)
    return { type: 'failed', reason: isOffline ? 'offline' : 'server', isHeld: this.heldUntil > this.ports.clock.now() }
  }

  private hold(failure: Failure): void {
    const seconds = failure.kind === 'offline' ? undefined : failure.retryAfterS
    this.heldUntil = seconds === undefined ? 0 : this.ports.clock.now() + seconds * 1_000
  }
}
