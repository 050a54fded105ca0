import { onChange } from '../db/changes'
import { countEntries } from '../db/journal'
import { readMeta } from '../db/meta'
import { readCursor } from '../db/page'
import { giveUpMonths } from '../db/room'
import type { Phone } from '../db/schema'
import { isQuotaError, steady } from '../db/steady'
import { Newsroom } from './newsroom'
import { followUpIn, PACE, retryIn } from './pace'
import type { Ports } from './ports'
import { INITIAL, isWorking, next, type SyncEvent, type SyncState } from './state'
import { Walk } from './steps'

/** The effects around the state machine: when to go, one at a time, and when to come again. */
export class Engine {
  private state: SyncState = INITIAL
  private isRunning = false
  private cancelDue: () => void = () => undefined
  private cleanUp: (() => void)[] = []
  private followUps = 0
  private greetedAt = 0
  private refusals: { since: number; sign: string } | undefined
  private readonly walk: Walk
  private readonly newsroom: Newsroom

  constructor(
    private readonly db: Phone,
    private readonly ports: Ports,
    private readonly onState: (state: SyncState) => void,
  ) {
    this.walk = new Walk(db, ports)
    this.newsroom = new Newsroom(db, ports, () => this.wake())
  }

  start(): void {
    if (this.state.phase !== 'stopped') return
    this.cleanUp = [
      this.ports.signals(() => this.wake()),
      onChange(this.db, (change) => {
        if (change.isAppended) this.onSaved()
      }),
      () => this.newsroom.close(),
    ]
    this.dispatch({ type: 'start' })
  }

  stop(): void {
    this.cleanUp.forEach((clean) => clean())
    this.cleanUp = []
    this.dispatch({ type: 'stop' })
  }

  /** There may be something to do. Cheap, and safe to call at any time. */
  wake(): void {
    const isOldHello = this.state.phase === 'resting' && this.ports.clock.now() - this.greetedAt > PACE.helloAgain
    this.dispatch(isOldHello ? { type: 'estranged' } : { type: 'wake' })
  }

  signedIn(): void {
    this.dispatch({ type: 'signed_in' })
  }

  private onSaved(): void {
    this.followUps = 0
    this.wake()
  }

  private dispatch(event: SyncEvent): void {
    const before = this.state
    this.state = next(before, event)
    if (event.type === 'greeted') this.greetedAt = this.ports.clock.now()
    if (before !== this.state) {
      this.plan()
      this.onState(this.state)
    }
    if (isWorking(this.state)) void this.run()
  }

  /** Sets the clock for the next attempt. Whatever happens, there is one. */
  private plan(): void {
    this.cancelDue()
    this.cancelDue = () => undefined
    const ms = this.dueIn()
    if (ms !== undefined) this.cancelDue = this.ports.clock.later(ms, () => this.dispatch({ type: 'due' }))
    if (this.state.phase === 'resting') {
      this.newsroom.open()
      void this.planFollowUp()
    }
    if (this.state.phase === 'signed_out' || this.state.phase === 'blocked') this.newsroom.close()
  }

  private dueIn(): number | undefined {
    const { clock } = this.ports
    switch (this.state.phase) {
      case 'backing_off':
        return Math.max(retryIn(this.state.attempt, clock.random()), this.walk.heldUntil - clock.now())
      case 'signed_out':
        return PACE.signedOut
      case 'blocked':
        return PACE.blocked
      case 'elsewhere':
        return PACE.elsewhere
      default:
        return undefined
    }
  }

  /** News may be cut off by a proxy: look by ourselves for what became of the entries just sent. */
  private async planFollowUp(): Promise<void> {
    const { sent } = await countEntries(this.db)
    if (sent === 0) this.followUps = 0
    if (sent === 0 || this.state.phase !== 'resting') return
    const ms = followUpIn(this.followUps++)
    this.cancelDue()
    this.cancelDue = this.ports.clock.later(ms, () => this.dispatch({ type: 'due' }))
  }

  private async run(): Promise<void> {
    if (this.isRunning) return
    this.isRunning = true
    const isTaken = await this.runLocked().catch(() => false)
    this.isRunning = false
    if (!isTaken) return this.dispatch({ type: 'lock_refused' })
    this.refusals = undefined
    // A save may have come while the lock was being let go.
    if (isWorking(this.state)) void this.run()
  }

  private async runLocked(): Promise<boolean> {
    const isSteal = await this.isHolderFrozen()
    return this.ports.lock.run(isSteal, (isLost) => this.loop(isLost))
  }

  private async loop(isLost: () => boolean): Promise<void> {
    while (isWorking(this.state)) {
      const event = await this.step()
      if (isLost()) return this.dispatch({ type: 'lock_refused' })
      this.dispatch(event)
    }
  }

  private async step(): Promise<SyncEvent> {
    try {
      return await steady(this.db, () => this.take())
    } catch (error) {
      if (!isQuotaError(error)) return { type: 'failed', reason: 'server', isHeld: false }
      // The older months give way to what is newer; the next attempt needs less room.
      await giveUpMonths(this.db).catch(() => false)
      return { type: 'failed', reason: 'storage', isHeld: false }
    }
  }

  private async take(): Promise<SyncEvent> {
    switch (this.state.phase) {
      case 'greeting':
        return this.walk.greet()
      case 'pushing':
        return this.walk.pushBatch()
      default:
        this.newsroom.notePull()
        return this.walk.pullPage()
    }
  }

  /** A tab that holds the lock for a minute while nothing moves has been put to sleep by the browser. */
  private async isHolderFrozen(): Promise<boolean> {
    const now = this.ports.clock.now()
    const sign = `${(await readCursor(this.db)).text}/${await readMeta(this.db, 'received')}`
    if (this.refusals?.sign !== sign) this.refusals = { since: now, sign }
    return now - this.refusals.since > PACE.frozen
  }
}
