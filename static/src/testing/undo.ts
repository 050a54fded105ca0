import { vi } from 'vitest'
import type { Undoable } from '../actions/undoable'

/** Does what can be undone and lets the time for it pass. What it returns is what the deed gave. */
export async function written<T extends Undoable>(deed: () => T): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const tapped = deed()
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  await tapped.done
  return tapped
}
