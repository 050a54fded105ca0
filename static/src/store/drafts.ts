import { currentPhone, onCurrentPhone } from '../db/current'
import { deleteDraft, readDraft, writeDrafts } from '../db/drafts'
import type { Phone } from '../db/schema'

/** Keystrokes of this long go into one write. */
const GATHER_MS = 100

let waiting = new Map<string, string>()
let timer: ReturnType<typeof setTimeout> | undefined
let owner: Phone | undefined

async function flush(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  if (waiting.size === 0 || owner === undefined) return
  const drafts = waiting
  waiting = new Map()
  try {
    await writeDrafts(owner, drafts)
  } catch {
    // No room: the text stays here and is tried again with the next keystroke.
    waiting = new Map([...drafts, ...waiting])
  }
}

/** The draft as it was left, also after the page was thrown away by the phone. */
export async function loadDraft<T>(key: string): Promise<T | undefined> {
  const phone = currentPhone()
  if (phone === undefined) return undefined
  const json = waiting.get(key) ?? (await readDraft(phone, key))
  return json === undefined ? undefined : (JSON.parse(json) as T)
}

/** Keeps a draft. Cheap enough for every keystroke: the value is taken at once and written within a tenth of a second. */
export async function saveDraft(key: string, value: unknown): Promise<void> {
  waiting.set(key, JSON.stringify(value))
  timer ??= setTimeout(() => void flush(), GATHER_MS)
}

export async function dropDraft(key: string): Promise<void> {
  waiting.delete(key)
  const phone = currentPhone()
  if (phone !== undefined) await deleteDraft(phone, key)
}

/** A phone may stop the page at any moment after it was hidden. */
function flushWhenHidden(): void {
  if (typeof document === 'undefined') return
  window.addEventListener('pagehide', () => void flush())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flush()
  })
}

onCurrentPhone((phone) => {
  // A draft belongs to who wrote it.
  void flush()
  owner = phone
})
flushWhenHidden()
