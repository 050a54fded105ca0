import { refusalSentence } from './words/index.svelte'

export interface Notice {
  text: string
  isTrouble: boolean
  undo?: () => unknown
}

const UNDO_MS = 10_000
const PLAIN_MS = 5_000

let shown = $state.raw<Notice>()
let spoken = $state('')
let timer: ReturnType<typeof setTimeout> | undefined

export const notice = {
  get shown() {
    return shown
  },
  /** What the one polite live region says. */
  get spoken() {
    return spoken
  },
}

/** Says something to a screen reader only. */
export function announce(text: string): void {
  // The same words twice are read only when the region was empty in between.
  spoken = ''
  setTimeout(() => (spoken = text), 50)
}

/** Shows one line above the bottom bar, ten seconds long when it can be undone. */
export function tell(text: string, undo?: () => unknown): void {
  show({ text, isTrouble: false, ...(undo ? { undo } : {}) }, undo ? UNDO_MS : PLAIN_MS)
}

/** Shows why something was not saved. */
export function tellTrouble(error: unknown): void {
  show({ text: refusalSentence(error), isTrouble: true }, UNDO_MS)
}

/** Shows why something was not done, where the words are known. */
export function tellTroubleInWords(text: string): void {
  show({ text, isTrouble: true }, UNDO_MS)
}

export function dismiss(): void {
  clearTimeout(timer)
  shown = undefined
}

export async function undoShown(): Promise<void> {
  const undo = shown?.undo
  dismiss()
  try {
    await undo?.()
  } catch (error) {
    tellTrouble(error)
  }
}

function show(next: Notice, length: number): void {
  clearTimeout(timer)
  shown = next
  announce(next.text)
  timer = setTimeout(dismiss, length)
}
