import { readable } from 'svelte/store'
import { onChange } from '../db/changes'
import { onCurrentPhone } from '../db/current'
import type { Live } from './live'

export interface StorageUse {
  usedBytes: number
  quotaBytes: number
  isPersisted: boolean
}

const UNKNOWN: StorageUse = { usedBytes: 0, quotaBytes: 0, isPersisted: false }

async function measure(): Promise<StorageUse> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined
  if (storage === undefined) return UNKNOWN
  const { usage = 0, quota = 0 } = await storage.estimate()
  return { usedBytes: usage, quotaBytes: quota, isPersisted: await storage.persisted() }
}

let isAsked = false

/** Asked after the first save: then there is something to lose, and browsers grant it to pages that are used. */
async function askToPersist(): Promise<void> {
  if (isAsked) return
  isAsked = true
  const storage = globalThis.navigator?.storage as StorageManager | undefined
  if (storage !== undefined && !(await storage.persisted())) await storage.persist()
}

export function persistAfterFirstSave(): void {
  onCurrentPhone((phone) => {
    if (phone === undefined) return
    const leave = onChange(phone, (change) => {
      if (!change.isAppended) return
      leave()
      askToPersist().catch(() => undefined)
    })
  })
}

const EVERY_MS = 60_000

/** How much room this app takes on the phone. Measured while somebody looks. */
export const storageUse: Live<StorageUse> = readable(UNKNOWN, (set) => {
  const look = () => void measure().then(set, () => set(UNKNOWN))
  look()
  const timer = setInterval(look, EVERY_MS)
  return () => clearInterval(timer)
})
