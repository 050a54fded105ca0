import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { signals } from './browser'
import { PACE } from './pace'

/** As much of a page as tells that it is looked at, or that the network came back. */
class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'
}

let page: Page
let frame: EventTarget

beforeEach(() => {
  vi.useFakeTimers()
  page = new Page()
  frame = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', frame)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('T36: a queue is sent by what pages tell, and needs no sync in the background', () => {
  const wake = vi.fn()
  const stop = signals(wake)
  frame.dispatchEvent(new Event('online'))
  frame.dispatchEvent(new Event('pageshow'))
  page.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(PACE.foreground)
  expect(wake).toHaveBeenCalledTimes(4)
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(PACE.foreground)
  expect(wake).toHaveBeenCalledTimes(4)
  stop()
  frame.dispatchEvent(new Event('online'))
  expect(wake).toHaveBeenCalledTimes(4)
})

it('T36: the service worker keeps no queue of its own', () => {
  const worker = readFileSync(new URL('../worker/sw.ts', import.meta.url), 'utf8')
  expect(worker).not.toMatch(/sync\.register|'sync'|periodicsync|BackgroundSync/)
})
