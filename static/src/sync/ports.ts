import type { HelloMessage } from '../net/hello'
import type { PullMessage } from '../net/pull'
import type { PushMessage } from '../net/push'
import type { StreamAddress } from '../net/stream'
import type { Understood } from '../net/understood'
import type { HelloAnswer, News, PullAnswer, PushAnswer } from '../shapes/messages'

/** The three messages of the protocol. */
export interface Door {
  hello(message: HelloMessage): Promise<Understood<HelloAnswer>>
  push(message: PushMessage): Promise<Understood<PushAnswer>>
  pull(message: PullMessage): Promise<Understood<PullAnswer>>
}

/** Runs the work when nobody else does; false when somebody does. `isLost` tells that the lock was taken away meanwhile. */
export interface Lock {
  run(isSteal: boolean, work: (isLost: () => boolean) => Promise<void>): Promise<boolean>
}

export interface Clock {
  now(): number
  later(ms: number, run: () => void): () => void
  random(): number
}

export interface Ports {
  door: Door
  lock: Lock
  clock: Clock
  /** news by server-sent events; returns how to stop listening */
  listen(address: StreamAddress, onNews: (news: News) => void, onEnd: () => void): () => void
  /** tells when the page comes back to life; returns how to stop */
  signals(onWake: () => void): () => void
  /** this phone was shut out and has forgotten everything but what the server does not hold */
  wiped(unsent: number): void
  app: string
}
