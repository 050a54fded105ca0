import { readMeta } from '../db/meta'
import { openPhone } from '../db/open'
import { append } from '../db/outbox'
import type { Phone } from '../db/schema'
import { hello } from '../net/hello'
import { pull } from '../net/pull'
import { push } from '../net/push'
import type { Entry, EntryOf, Kind, KindArgs } from '../shapes/entry'
import { newId } from '../shapes/id'
import { readNews } from '../shapes/messages'
import { phoneTime } from '../shapes/time'
import { Engine } from '../sync/engine'
import type { Clock, Lock, Ports } from '../sync/ports'
import { INITIAL, isWorking, type SyncState } from '../sync/state'
import type { World } from './world'

/** A clock that goes when it is told to. */
export class HandClock implements Clock {
  private time = Date.now()
  private timers: { at: number; run: () => void }[] = []

  now(): number {
    return this.time
  }

  random(): number {
    return 0.5
  }

  later(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Lets time pass and runs what falls due. */
  pass(ms: number): void {
    this.time += ms
    const due = this.timers.filter((timer) => timer.at <= this.time)
    this.timers = this.timers.filter((timer) => timer.at > this.time)
    due.sort((a, b) => a.at - b.at).forEach((timer) => timer.run())
  }

  get waits(): number[] {
    return this.timers.map((timer) => timer.at - this.time)
  }
}

/** One lock between tabs. A holder can be frozen and have it taken away. */
export class HandLock {
  private holder: { isLost: boolean } | undefined

  forTab(): Lock {
    return {
      run: async (isSteal, work) => {
        if (this.holder !== undefined && !isSteal) return false
        if (this.holder !== undefined) this.holder.isLost = true
        const mine = { isLost: false }
        this.holder = mine
        try {
          await work(() => mine.isLost)
        } finally {
          if (this.holder === mine) this.holder = undefined
        }
        return true
      },
    }
  }
}

export interface Tab {
  engine: Engine
  state(): SyncState
  /** one frame of the stream */
  news(frame?: string): void
  /** the stream breaks off */
  breakStream(): void
  /** replicas the stream was opened for, one after the other */
  listened: string[]
  /** how much was unsent each time the phone forgot everything */
  wiped: number[]
}

const FRAME = '{"seq":1,"streams":["org/base"]}'

export function openTab(db: Phone, clock: Clock, lock: Lock): Tab {
  let state = INITIAL
  let ring: (frame: string) => void = () => undefined
  let end: () => void = () => undefined
  const listened: string[] = []
  const wiped: number[] = []
  const ports: Ports = {
    app: 'test',
    door: { hello, push, pull },
    lock,
    clock,
    listen: ({ replica }, onNews, onEnd) => {
      listened.push(replica)
      ring = (frame) => {
        const news = readNews(frame)
        if (news !== undefined) onNews(news)
      }
      end = onEnd
      return () => undefined
    },
    signals: () => () => undefined,
    wiped: (unsent) => wiped.push(unsent),
  }
  const engine = new Engine(db, ports, (next) => (state = next))
  return { engine, state: () => state, news: (frame = FRAME) => ring(frame), breakStream: () => end(), listened, wiped }
}

/** Waits until the sync has nothing to do at the moment. */
export async function quiet(...tabs: Tab[]): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 2))
    calm = tabs.some((tab) => isWorking(tab.state())) ? 0 : calm + 1
  }
}

export async function openDb(world: World, member = world.ana): Promise<Phone> {
  return openPhone(world.org, member.id)
}

let offset = 0

export function entryOf<K extends Kind>(kind: K, args: KindArgs[K], more: Partial<EntryOf<K>> = {}): Entry {
  const now = new Date(Date.now() + offset++)
  return { id: newId(now.getTime()), kind, v: 1, at: phoneTime(now), tz: 'Asia/Seoul', mono: 1, args, ...more } as Entry
}

/** Saves an entry and returns its id. */
export async function write<K extends Kind>(db: Phone, kind: K, args: KindArgs[K], more: Partial<EntryOf<K>> = {}): Promise<string> {
  const entry = entryOf(kind, args, more)
  await append(db, entry)
  return entry.id
}

export async function outboxLength(db: Phone): Promise<number> {
  return (await readMeta(db, 'tail'))?.n ?? 0
}
