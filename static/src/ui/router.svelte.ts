import { tick } from 'svelte'
import { parentOf, readAddress, type Route } from './routes'
import { loadScreen } from './screens.svelte'

interface Mark {
  /** place in the app's own history; 0 is where it was opened */
  at: number
  scroll?: number
}

let route = $state.raw<Route>({ name: 'today' })
let isOpening = $state(true)
let isMissing = $state(false)
let at = 0
let turn = 0

export const router = {
  get route(): Route {
    return route
  },
  /** Nothing has been shown yet. */
  get isOpening(): boolean {
    return isOpening
  },
  /** The screen could not be fetched: the shell is not on this phone yet and there is no signal. */
  get isMissing(): boolean {
    return isMissing
  },
}

/** Takes over addresses, history and scroll. The answer gives them back. */
export function startRouter(): () => void {
  history.scrollRestoration = 'manual'
  at = markOf(history.state)?.at ?? 0
  history.replaceState({ at } satisfies Mark, '')
  void show(null)
  window.addEventListener('popstate', onPop)
  document.addEventListener('click', onClick)
  return () => {
    window.removeEventListener('popstate', onPop)
    document.removeEventListener('click', onClick)
  }
}

export function go(address: string): void {
  if (address === location.pathname + location.search) {
    window.scrollTo({ top: 0 })
    return
  }
  keepScroll()
  at += 1
  history.pushState({ at } satisfies Mark, '', address)
  void show(0)
}

/** Goes on without leaving a step back to the present screen. */
export function goInstead(address: string): void {
  history.replaceState({ at } satisfies Mark, '', address)
  void show(0)
}

export function goBack(): void {
  if (at > 0) history.back()
  else goInstead(parentOf(route))
}

/** Turns to the screen of the address once its piece is there; a later turn overtakes an earlier one. */
async function show(scroll: number | null): Promise<void> {
  const mine = (turn += 1)
  const next = readAddress(location.pathname, location.search)
  const isThere = await loadScreen(next.name)
  if (mine !== turn) return
  route = next
  isMissing = !isThere
  isOpening = false
  await tick()
  if (scroll === null) return
  window.scrollTo({ top: scroll })
  focusTitle()
}

export function showAgain(): void {
  void show(0)
}

/** A screen reader starts at the title of the new screen, as a new page would. */
function focusTitle(): void {
  const titles = document.querySelectorAll<HTMLElement>('main h1[tabindex="-1"]')
  titles[titles.length - 1]?.focus({ preventScroll: true })
}

async function onPop(event: PopStateEvent): Promise<void> {
  const mark = markOf(event.state)
  at = mark?.at ?? 0
  await show(0)
  restore(mark?.scroll ?? 0)
}

/** Lists come out of the database a moment after the screen: the place is tried until it exists. */
function restore(scroll: number, tries = 20): void {
  window.scrollTo({ top: scroll })
  if (tries > 0 && Math.abs(window.scrollY - scroll) > 1) requestAnimationFrame(() => restore(scroll, tries - 1))
}

function keepScroll(): void {
  history.replaceState({ at, scroll: window.scrollY } satisfies Mark, '')
}

function onClick(event: MouseEvent): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!isPlain || event.defaultPrevented || !(event.target instanceof Element)) return
  const link = event.target.closest('a')
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return
  if (link.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  go(link.pathname + link.search)
}

function markOf(state: unknown): Mark | undefined {
  return typeof state === 'object' && state !== null && 'at' in state ? (state as Mark) : undefined
}
