import type { Phone } from './schema'

/**
 * A second witness outside IndexedDB. Browsers do clear databases; with this the person is told
 * how much of their work went with it, and nobody has to guess.
 */
export interface Marker {
  written: number
  received: number
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

/** How many unsent entries vanished with a database that is new although its marker is not. */
export function lostWith(db: Phone): number {
  const marker = readMarker(db)
  return marker === undefined ? 0 : Math.max(0, marker.written - marker.received)
}
