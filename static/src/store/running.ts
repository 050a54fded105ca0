import { writable } from 'svelte/store'
import { onCurrentPhone } from '../db/current'
import { browserPorts } from '../sync/browser'
import { Engine } from '../sync/engine'
import { INITIAL, type SyncState } from '../sync/state'
import type { Live } from './live'

const state = writable<SyncState>(INITIAL)

/** The sync of the member at work. */
export const syncState: Live<SyncState> = { subscribe: state.subscribe }

let engine: Engine | undefined

/** Runs the sync for whoever is at work, from now on. */
export function keepSyncing(app: string): () => void {
  return onCurrentPhone((phone) => {
    engine?.stop()
    engine = undefined
    state.set(INITIAL)
    if (phone === undefined) return
    engine = new Engine(phone, browserPorts(phone, app), (next) => state.set(next))
    engine.start()
  })
}

export function wakeSync(): void {
  engine?.wake()
}

/** The session is back. */
export function resumeSync(): void {
  engine?.signedIn()
}
