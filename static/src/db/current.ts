import type { Phone } from './schema'

type Listener = (phone: Phone | undefined) => void

let current: Phone | undefined
const listeners = new Set<Listener>()

/** The database that is open: of the member at work, never of anybody before. */
export function currentPhone(): Phone | undefined {
  return current
}

export function setCurrentPhone(phone: Phone | undefined): void {
  current = phone
  listeners.forEach((listener) => listener(phone))
}

/** Calls with what is open now, and again whenever that changes. */
export function onCurrentPhone(listener: Listener): () => void {
  listeners.add(listener)
  listener(current)
  return () => listeners.delete(listener)
}
