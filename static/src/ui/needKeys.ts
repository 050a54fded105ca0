import { go } from './router.svelte'
import { to } from './routes'

/** What a key does to the need that is open: the button of that name, where there is one. */
const DEEDS: ReadonlyMap<string, string> = new Map([['t', 'take'], ['e', 'sort'], ['m', 'merge']])

/** Longer than this nothing takes to be read that is on this phone. */
const READ_MS = 1_000

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-need]')].filter((row) => row.checkVisibility())
}

/** Presses the button of a deed; where the need is still being read, as soon as it stands there. */
function press(deed: string, address = location.pathname, until = performance.now() + READ_MS): void {
  if (location.pathname !== address) return
  const button = document.querySelector<HTMLElement>(`[data-deed="${deed}"]`)
  if (button !== null) button.click()
  else if (performance.now() < until) requestAnimationFrame(() => press(deed, address, until))
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

/** The need before or after the one that is open; the first one where none is. */
function step(current: string | undefined, by: 1 | -1): void {
  const all = rows()
  const at = all.findIndex((row) => row.dataset.need === current)
  const next = all[at < 0 ? 0 : at + by]
  if (next?.dataset.need === undefined) return
  next.scrollIntoView({ block: 'nearest' })
  go(to.need(next.dataset.need))
}

/** A key by what it types; where that is no Latin letter, as with 한글 switched on, by its place. */
function nameOf({ key, code }: KeyboardEvent): string {
  if (/^([a-z/]|Arrow\w+)$/.test(key)) return key
  return code === 'Slash' ? '/' : code.replace(/^Key/, '').toLowerCase()
}

/** Keys for going through needs at a desk. The answer lets them go. */
export function onNeedKeys(current: string | undefined): () => void {
  function onkeydown(event: KeyboardEvent) {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey && !event.shiftKey
    if (!isPlain || isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
    const name = nameOf(event)
    const deed = DEEDS.get(name)
    if (name === 'ArrowDown' || name === 'j') step(current, 1)
    else if (name === 'ArrowUp' || name === 'k') step(current, -1)
    else if (name === '/') document.querySelector<HTMLElement>('[data-search="needs"]')?.focus()
    else if (deed !== undefined) press(deed)
    else return
    event.preventDefault()
  }
  document.addEventListener('keydown', onkeydown)
  return () => document.removeEventListener('keydown', onkeydown)
}
