import type { Language } from './device'

/** Who worked on this phone last, so that a cold start without a network opens the right database. */
export interface Account {
  org: string
  member: string
  email: string
}

/** Whom this phone had to forget, and how many of their entries are still on it. */
export interface WipedAccount {
  org: string
  member: string
  unsent: number
  /** they were let go of, as a file that is in somebody's hands */
  isLetGo?: true
}

const LAST = 'fieldops.last'
const WIPED = 'fieldops.wiped'
const ENDING = 'fieldops.ending'
const PICKED = 'fieldops.language_picked'

function read(key: string): unknown {
  try {
    return JSON.parse(globalThis.localStorage?.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) globalThis.localStorage?.removeItem(key)
    else globalThis.localStorage?.setItem(key, JSON.stringify(value))
  } catch {
    // Without localStorage every cold start needs the network once; nothing is lost by it.
  }
}

export function lastAccount(): Account | undefined {
  const value = read(LAST) as Partial<Account> | null
  const isAccount = typeof value?.org === 'string' && typeof value.member === 'string'
  return isAccount ? { org: value.org!, member: value.member!, email: value.email ?? '' } : undefined
}

export function rememberAccount(account: Account | undefined): void {
  write(LAST, account)
}

export function wipedAccount(): WipedAccount | undefined {
  const value = read(WIPED) as Partial<WipedAccount> | null
  const isKnown = typeof value?.org === 'string' && typeof value.member === 'string' && typeof value.unsent === 'number'
  return isKnown ? (value as WipedAccount) : undefined
}

export function rememberWiped(account: WipedAccount | undefined): void {
  write(WIPED, account)
}

/** Calls when another tab remembers somebody else, or nobody. */
export function onAccountChange(listener: () => void): void {
  globalThis.window?.addEventListener('storage', (event) => {
    if (event.key === LAST) listener()
  })
}

/** Logged out without a network: the server's session is still to be ended. */
export function isSessionToEnd(): boolean {
  return read(ENDING) === true
}

export function rememberSessionToEnd(isToEnd: boolean): void {
  write(ENDING, isToEnd ? true : undefined)
}

/** A language the person chose here and the server has not heard of: it wins over the one of the account. */
export function pickedLanguage(): Language | undefined {
  const value = read(PICKED)
  return value === 'ko' || value === 'en' ? value : undefined
}

export function rememberPickedLanguage(language: Language | undefined): void {
  write(PICKED, language)
}
