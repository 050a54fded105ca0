import type { Phone } from './schema'

const LOST = new Set(['DatabaseClosedError', 'InvalidStateError', 'UnknownError'])

function names(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { name, inner } = error as { name?: unknown; inner?: unknown }
  return [...(typeof name === 'string' ? [name] : []), ...names(inner)]
}

export function isQuotaError(error: unknown): boolean {
  return names(error).includes('QuotaExceededError')
}

function isLost(error: unknown): boolean {
  return !isQuotaError(error) && names(error).some((name) => LOST.has(name))
}

const left = new WeakSet<Phone>()

/** Closes a database for good: its member is no longer at work here. */
export function leavePhone(db: Phone): void {
  left.add(db)
  db.close()
}

/** Phones close a connection behind the page's back after a while in the background: open it again and do the work once more. */
export async function steady<T>(db: Phone, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isLost(error) || left.has(db)) throw error
    db.close({ disableAutoOpen: false })
    await db.open()
    return work()
  }
}
