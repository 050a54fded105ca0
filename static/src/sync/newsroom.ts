import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { PACE } from './pace'
import type { Ports } from './ports'

/** Listens for news and passes them on as a wake, at most once a second. */
export class Newsroom {
  private hangUp: (() => void) | undefined
  private isOpen = false
  /** whom the open stream speaks to */
  private replica: string | undefined
  private cancelAgain: (() => void) | undefined
  private cancelWake: (() => void) | undefined
  private pulledAt = 0
  /** how often in a row the stream ended without a word */
  private silences = 0

  constructor(
    private readonly db: Phone,
    private readonly ports: Ports,
    private readonly wake: () => void,
  ) {}

  /** Listens, and listens anew when this phone has become another replica. */
  open(): void {
    this.isOpen = true
    void this.connect()
  }

  close(): void {
    this.isOpen = false
    this.hangUp?.()
    this.cancelAgain?.()
    this.cancelWake?.()
    this.hangUp = this.cancelAgain = this.cancelWake = this.replica = undefined
  }

  notePull(): void {
    this.pulledAt = this.ports.clock.now()
  }

  private async connect(): Promise<void> {
    const replica = await readMeta(this.db, 'replica')
    if (!this.isOpen || replica === undefined || replica === this.replica) return
    this.hangUp?.()
    this.cancelAgain?.()
    this.replica = replica
    this.hangUp = this.ports.listen({ org: this.db.org, replica }, () => this.ring(), () => this.reconnect())
  }

  private reconnect(): void {
    const { clock } = this.ports
    const pause = PACE.streamAgain * 2 ** Math.min(this.silences++, 4)
    this.cancelAgain = clock.later(pause * (0.5 + clock.random()), () => {
      this.replica = undefined
      void this.connect()
    })
  }

  private ring(): void {
    this.silences = 0
    if (this.cancelWake !== undefined) return
    const { clock } = this.ports
    const wait = Math.max(0, this.pulledAt + PACE.news - clock.now()) + clock.random() * PACE.newsJitter
    this.cancelWake = clock.later(wait, () => {
      this.cancelWake = undefined
      this.wake()
    })
  }
}
