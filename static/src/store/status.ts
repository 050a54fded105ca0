import type { SyncPhase } from '../sync/state'
import type { Live } from './live'

export type { SyncPhase }

export interface SyncStatus {
  phase: SyncPhase
  isOnline: boolean
  /** entries on this phone only */
  saved: number
  /** entries the server holds and has not settled */
  sent: number
  /** entries that need the person */
  attention: number
  /** when everything of this phone was last in */
  lastInAt?: string
  isOtherTabSyncing: boolean
  /** when the oldest entry that is on this phone only was written */
  heldSince?: string
  counts: { customers: number }
  /** how fresh the rows on this phone are */
  readyAsOf?: string
  /** unsent entries that vanished with the phone's storage */
  lost?: number
}

export interface FirstSync {
  rows: number
  total: number | undefined
  isDone: boolean
  failed?: 'offline' | 'sign_in' | 'server'
}

export interface StorageUse {
  usedBytes: number
  quotaBytes: number
  isPersisted: boolean
}

export declare const status: Live<SyncStatus>
export declare const firstSync: Live<FirstSync>
export declare const storageUse: Live<StorageUse>
export declare function syncNow(): void
