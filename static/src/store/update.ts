import { derived, writable } from 'svelte/store'
import type { Live } from './live'

const ASK_AGAIN_MS = 3_000

const waiting = writable<ServiceWorker | undefined>(undefined)
const holds = writable(0)
const taken = writable(false)
let isTaken = false
/** another tab took the update: what this page runs on is gone */
let isOutdated = false
let held = 0
let again: ReturnType<typeof setTimeout> | undefined
holds.subscribe((count) => (held = count))
taken.subscribe((is) => (isTaken = is))

/** A new version of the app is on the phone and waits to be taken. */
export const isUpdateReady: Live<boolean> = derived(waiting, (worker) => worker !== undefined)

/** Somebody has tapped for it. The version of before may still be at something: half a minute at most. */
export const isUpdateTaken: Live<boolean> = taken

/** Takes it: the page loads again. Waits while a form holds it. */
export function takeUpdate(): void {
  taken.set(true)
  clearTimeout(again)
  let worker: ServiceWorker | undefined
  waiting.subscribe((known) => (worker = known))()
  if (held > 0 || worker === undefined) return
  worker.postMessage({ type: 'take_over' })
  // A worker that the browser had no room to start has not heard it, and a tap must not go unanswered.
  again = setTimeout(takeUpdate, ASK_AGAIN_MS)
}

/** A form that is being filled in holds the update; the answer lets it go. */
export function holdUpdate(): () => void {
  let isHolding = true
  holds.update((count) => count + 1)
  return () => {
    if (!isHolding) return
    isHolding = false
    holds.update((count) => count - 1)
    if (held > 0) return
    if (isOutdated) location.reload()
    else if (isTaken) takeUpdate()
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** The only address a script may ever be loaded from by name. */
function workerUrl(): string {
  const own = '/sw.js'
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const policy = trustedTypes?.createPolicy('fieldops-urls', {
    createScriptURL(url) {
      if (url !== own) throw new TypeError('not an address of this app')
      return url
    },
  })
  return policy?.createScriptURL(own) ?? own
}

/** Follows whoever waits now: one that waited before this page did, one that is still coming, or nobody any more. */
function watch(registration: ServiceWorkerRegistration): void {
  // The very first worker is no update: there was nothing before it.
  const note = () => waiting.set((navigator.serviceWorker.controller && registration.waiting) ?? undefined)
  const follow = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', note)
  // A page that opens in the middle of an update has missed the news of it.
  follow(registration.installing)
  follow(registration.waiting)
  registration.addEventListener('updatefound', () => follow(registration.installing))
  note()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined)
  })
}

/** Registers the worker that keeps the shell, and watches for new versions. */
export async function watchUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  let hasController = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    const isFirst = !hasController
    hasController = true
    if (isFirst) return
    // A form is not thrown away for it: the page goes along as soon as the form is done.
    isOutdated = held > 0
    if (!isOutdated) location.reload()
  })
  watch(await navigator.serviceWorker.register(workerUrl(), { scope: '/' }))
}
