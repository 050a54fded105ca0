import { vi } from 'vitest'
import type { Undoable } from '../actions/undoable'

/** Does what can be undone and lets the time for it pass. What it returns is what the deed gave. */
export async function written<T extends Undoable>(deed: () => T): Promise<T> {
  const tapped = tenSecondsAfter(deed)
  await tapped.done
  return tapped
}

function tenSecondsAfter<T>(deed: () => T): T {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const tapped = deed()
    vi.advanceTimersByTime(10_000)
    return tapped
  } finally {
    vi.useRealTimers()
  }
}
