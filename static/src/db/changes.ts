import type { ShapeName } from '../shapes/row'
import type { Phone } from './schema'

/** What a transaction has changed, for those who keep something in memory. Said after the commit. */
export interface Change {
  isAppended?: boolean
  /** everything may be different: read it again */
  isReset?: boolean
  rows: Partial<Record<ShapeName, string[]>>
}

type Listener = (change: Change) => void

interface Room {
  listeners: Set<Listener>
  channel: BroadcastChannel | undefined
}

const rooms = new Map<string, Room>()

function openRoom(name: string): Room {
  const listeners = new Set<Listener>()
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name)
  if (channel !== undefined) {
    channel.onmessage = (event: MessageEvent<Change>) => listeners.forEach((listener) => listener(event.data))
  }
  const room = { listeners, channel }
  rooms.set(name, room)
  return room
}

/** Tells this tab and the others. */
export function announce(db: Phone, change: Change): void {
  const room = rooms.get(db.name) ?? openRoom(db.name)
  room.listeners.forEach((listener) => listener(change))
  room.channel?.postMessage(change)
}

export function onChange(db: Phone, listener: Listener): () => void {
  const room = rooms.get(db.name) ?? openRoom(db.name)
  room.listeners.add(listener)
  return () => {
    room.listeners.delete(listener)
    if (room.listeners.size > 0) return
    room.channel?.close()
    rooms.delete(db.name)
  }
}
