import type { SyncStatus } from '../store/status'
import type { Dict } from './words/ko'

export type Worst = 'attention' | 'sign_in' | 'saved' | 'sent' | 'offline' | 'applied'

export interface SyncSummary {
  worst: Worst
  words: string
}

type Counts = Pick<SyncStatus, 'saved' | 'sent' | 'attention' | 'isOnline'>

/** The worst state of this phone and how many entries are in it, in words. */
export function syncSummary(
  { saved, sent, attention, isOnline }: Counts,
  isSignInNeeded: boolean,
  { sync }: Dict,
  count: (n: number) => string,
): SyncSummary {
  const waiting = saved > 0 ? [sync.waiting(count(saved))] : []
  if (attention > 0) return { worst: 'attention', words: [...waiting, sync.attention(count(attention))].join(' · ') }
  if (isSignInNeeded) return { worst: 'sign_in', words: [...waiting, sync.signIn].join(' · ') }
  if (saved > 0) return { worst: 'saved', words: waiting.join('') }
  if (sent > 0) return { worst: 'sent', words: sync.sent(count(sent)) }
  return isOnline ? { worst: 'applied', words: sync.allIn } : { worst: 'offline', words: sync.offline }
}
