import { derived, readable } from 'svelte/store'
import { countCustomers } from '../db/customers'
import { countEntries } from '../db/journal'
import { lossIsSeen } from '../db/loss'
import { readMeta } from '../db/meta'
import { givenUpIsSeen } from '../db/room'
import { currentPhone } from '../db/current'
import type { Phone } from '../db/schema'
import type { Loss } from '../shapes/messages'
import type { SyncPhase, SyncState } from '../sync/state'
import { live, type Live } from './live'
import { present } from './present'
import { syncState, wakeSync } from './running'

export type { SyncPhase }
export { storageUse, type StorageUse } from './storage'

export interface SyncStatus {
  phase: SyncPhase
  isOnline: boolean
  /** entries on this phone only */
  saved: number
  /** entries the server holds and has not settled */
  sent: number
  /** entries that need the person */
  attention: number
  /** of these, entries that are in and wait for a choice between two texts */
  toDecide: number
  /** when everything of this phone was last in */
  lastInAt?: string
  isOtherTabSyncing: boolean
  /** when the oldest entry that is on this phone only was written */
  heldSince?: string
  counts: { customers: number }
  /** false until the phone's database has answered: until then nothing is known, and nothing may be said */
  isCounted: boolean
  /** how fresh the rows on this phone are */
  readyAsOf?: string
  /** what vanished with the phone's storage, until its person has read of it */
  loss?: Loss
  /** the oldest month on this phone, when older ones were given up for want of room; until its person has read of it */
  keptFrom?: string
  /** server time minus phone time, in milliseconds, where a person should know */
  skewMs?: number
}

export interface FirstSync {
  rows: number
  total: number | undefined
  isDone: boolean
  failed?: 'offline' | 'sign_in' | 'server'
}

type Counted = Omit<SyncStatus, 'phase' | 'isOnline' | 'isOtherTabSyncing'>

/** A clock that is less off than this disturbs nobody. */
const CLOCK_OFF_MS = 600_000

const NOTHING: Counted = { saved: 0, sent: 0, attention: 0, toDecide: 0, counts: { customers: 0 }, isCounted: false }

async function count(db: Phone): Promise<Counted> {
  const entries = await countEntries(db)
  const loss = await readMeta(db, 'loss')
  const givenUp = await readMeta(db, 'given_up')
  const skew = (await readMeta(db, 'skew_ms')) ?? 0
  return {
    ...entries,
    counts: { customers: await countCustomers(db) },
    isCounted: true,
    ...present<Pick<Counted, 'lastInAt' | 'readyAsOf' | 'loss' | 'keptFrom' | 'skewMs'>>({
      lastInAt: await readMeta(db, 'last_in_at'),
      readyAsOf: await readMeta(db, 'head_at'),
      loss: loss === undefined || loss.isSeen ? undefined : { written: loss.written, received: loss.received },
      keptFrom: givenUp === undefined || givenUp.isSeen ? undefined : givenUp.keptFrom,
      skewMs: Math.abs(skew) > CLOCK_OFF_MS ? skew : undefined,
    }),
  }
}

/** What the browser believes about the network. */
const hasNetwork: Live<boolean> = readable(true, (set) => {
  if (typeof window === 'undefined') return
  const look = () => set(navigator.onLine)
  look()
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  return () => {
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  }
})

/** How this phone stands with the server. */
export const status: Live<SyncStatus> = derived([live(count, NOTHING), syncState, hasNetwork], ([counted, sync, isUp]) => ({
  ...counted,
  phase: sync.phase,
  isOnline: isUp && sync.reason !== 'offline',
  isOtherTabSyncing: sync.phase === 'elsewhere',
}))

function failureOf(sync: SyncState): FirstSync['failed'] {
  if (sync.phase === 'signed_out') return 'sign_in'
  if (sync.phase === 'blocked') return 'server'
  if (sync.phase !== 'backing_off') return undefined
  return sync.reason === 'offline' ? 'offline' : 'server'
}

const progress = live((db) => readMeta(db, 'first_sync'), undefined)

/** How far the first sync has come. It goes on by itself, also after the app was closed in its midst. */
export const firstSync: Live<FirstSync> = derived([progress, syncState], ([known, sync]) => ({
  rows: known?.rows ?? 0,
  total: known?.total ?? undefined,
  isDone: known?.isDone ?? false,
  ...present<Pick<FirstSync, 'failed'>>({ failed: known?.isDone ? undefined : failureOf(sync) }),
}))

/** Goes at once, also out of a pause the phone chose itself. */
export function syncNow(): void {
  wakeSync()
}

/** The person has read how much was lost. */
export async function dismissLoss(): Promise<void> {
  const phone = currentPhone()
  if (phone !== undefined) await lossIsSeen(phone)
}

/** The person has read that older months are not on this phone any more. */
export async function dismissGivenUp(): Promise<void> {
  const phone = currentPhone()
  if (phone !== undefined) await givenUpIsSeen(phone)
}
