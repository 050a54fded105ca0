import { get, writable } from 'svelte/store'
import type { Live } from './live'

export type Language = 'ko' | 'en'
export type Theme = 'system' | 'light' | 'dark'
export type TabPair = 'customers_feed' | 'needs_customers' | 'needs_feed' | 'tickets_customers' | 'tickets_needs'
export type RecordAs = 'visit' | 'need' | 'observation' | 'ticket'
export type NavApp = 'naver' | 'kakao' | 'tmap' | 'google' | 'apple'

export interface Device {
  language: Language
  theme: Theme
  navApp?: NavApp
  /** what was recorded last opens first */
  recordAs?: RecordAs
  /** which tabs stand beside Record, where somebody chose other ones than their job has */
  tabs?: TabPair
}

const KEY = 'fieldops.device'
export const PAIRS: readonly TabPair[] = ['customers_feed', 'needs_customers', 'needs_feed', 'tickets_customers', 'tickets_needs']
export const RECORDS: readonly RecordAs[] = ['visit', 'need', 'observation', 'ticket']
const NAV_APPS: readonly NavApp[] = ['naver', 'kakao', 'tmap', 'google', 'apple']

function firstLanguage(): Language {
  const [preferred] = globalThis.navigator?.languages ?? []
  return preferred === undefined || preferred.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

function read(): Device {
  let kept: Record<string, unknown> = {}
  try {
    kept = (JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}') ?? {}) as Record<string, unknown>
  } catch {
    // Unreadable settings are as good as none.
  }
  const navApp = NAV_APPS.find((known) => known === kept.navApp)
  const recordAs = RECORDS.find((known) => known === kept.recordAs)
  const tabs = PAIRS.find((known) => known === kept.tabs)
  return {
    language: kept.language === 'ko' || kept.language === 'en' ? kept.language : firstLanguage(),
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    ...(navApp === undefined ? {} : { navApp }),
    ...(recordAs === undefined ? {} : { recordAs }),
    ...(tabs === undefined ? {} : { tabs }),
  }
}

const kept = writable<Device>(read())

function change(part: Partial<Device>): void {
  kept.update((device) => {
    const changed = { ...device, ...part }
    try {
      globalThis.localStorage?.setItem(KEY, JSON.stringify(changed))
    } catch {
      // The choice then holds for as long as the page is open.
    }
    return changed
  })
}

/** Choices of this phone, whoever uses it. */
export const device: Live<Device> = { subscribe: kept.subscribe }

export function setTheme(theme: Theme): void {
  change({ theme })
}

export function setNavApp(navApp: NavApp): void {
  change({ navApp })
}

export function setTabs(tabs: TabPair): void {
  change({ tabs })
}

export function setRecordAs(recordAs: RecordAs): void {
  change({ recordAs })
}

export function lastRecordAs(): RecordAs {
  return get(kept).recordAs ?? 'visit'
}

/** For the session, which also tells the server. */
export function setDeviceLanguage(language: Language): void {
  change({ language })
}
