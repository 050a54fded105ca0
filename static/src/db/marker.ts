import type { Loss } from '../shapes/messages'
import type { Phone } from './schema'

/**
 * A second witness outside IndexedDB. Browsers do clear databases; with this the person is told
 * how much of their work went with it, and nobody has to guess.
 */
export interface Marker {
  written: number
  received: number
  /** its person has what did not arrive as a file, and let it go */
  isLetGo?: true
}

function keyOf(db: Phone): string {
  return `fieldops.marker.${db.name}`
}

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

export function readMarker(db: Phone): Marker | undefined {
  try {
    const value: unknown = JSON.parse(storage()?.getItem(keyOf(db)) ?? 'null')
    return value === null ? undefined : (value as Marker)
  } catch {
    return undefined
  }
}

export function writeMarker(db: Phone, marker: Marker): void {
  try {
    storage()?.setItem(keyOf(db), JSON.stringify(marker))
  } catch {
    // A full or forbidden localStorage must not stop a save that is already on the disk.
  }
}

export function markWritten(db: Phone, written: number): void {
  writeMarker(db, { received: readMarker(db)?.received ?? 0, written })
}

export function markReceived(db: Phone, received: number): void {
  writeMarker(db, { written: Math.max(readMarker(db)?.written ?? 0, received), received })
}

/** What is unsent goes with the person's knowledge: the server is to hear of it, they need not. */
export function markLetGo(db: Phone): void {
  const marker = readMarker(db)
  if (marker !== undefined) writeMarker(db, { ...marker, isLetGo: true })
}

export function dropMarker(db: Phone): void {
  try {
    storage()?.removeItem(keyOf(db))
  } catch {
    // Then it says that nothing is missing, which is so.
  }
}

/** What vanished with a database that is new although its marker is not. Without a marker nobody knows of any loss. */
export function lostWith(db: Phone): (Loss & { isSeen: boolean }) | undefined {
  const marker = readMarker(db)
  if (marker === undefined || marker.written <= marker.received) return undefined
  return { written: marker.written, received: marker.received, isSeen: marker.isLetGo === true }
}
