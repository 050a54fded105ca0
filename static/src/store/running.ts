import { writable } from 'svelte/store'
import { currentPhone, onCurrentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import type { Engine } from '../sync/engine'
import type { SyncState } from '../sync/state'
import type { Live } from './live'

const STOPPED: SyncState = { phase: 'stopped', attempt: 0, isGreeted: false, isAgain: false, isHeld: false }

const AGAIN_MS = 5_000

const state = writable<SyncState>(STOPPED)

/** The sync of the member at work. */
export const syncState: Live<SyncState> = { subscribe: state.subscribe }

let engine: Engine | undefined

/** The first screen is drawn before the code of the sync is read: it needs none of it. */
async function start(phone: Phone, app: string, wiped: (unsent: number) => void): Promise<void> {
  let parts
  try {
    parts = await Promise.all([import('../sync/engine'), import('../sync/browser')])
  } catch {
    // The network went away while this app was loaded for the very first time.
    state.set({ ...STOPPED, phase: 'backing_off', reason: 'offline' })
    setTimeout(() => currentPhone() === phone && void start(phone, app, wiped), AGAIN_MS)
    return
  }
  const [{ Engine }, { browserPorts }] = parts
  if (currentPhone() !== phone) return
  const ifCurrent = (unsent: number) => void (currentPhone() === phone && wiped(unsent))
  engine = new Engine(phone, browserPorts(phone, app, ifCurrent), (next) => state.set(next))
  engine.start()
}

/** Runs the sync for whoever is at work, from now on. */
export function keepSyncing(app: string, wiped: (unsent: number) => void): () => void {
  return onCurrentPhone((phone) => {
    engine?.stop()
    engine = undefined
    state.set(STOPPED)
    if (phone !== undefined) void start(phone, app, wiped)
  })
}

export function wakeSync(): void {
  engine?.wake()
}

/** The session is back. */
export function resumeSync(): void {
  engine?.signedIn()
}
