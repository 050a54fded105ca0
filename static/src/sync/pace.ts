/** Every wait of the sync in one place, in milliseconds. */
export const PACE = {
  firstRetry: 1_000,
  longestRetry: 30_000,
  /** the session may have come back in another tab */
  signedOut: 60_000,
  /** the phone or the version may be welcome again */
  blocked: 600_000,
  /** another tab has the lock */
  elsewhere: 2_000,
  /** a tab that holds the lock and does nothing is frozen */
  frozen: 60_000,
  /** news make us pull at most this often */
  news: 1_000,
  newsJitter: 400,
  /** phones of one organization must not all come back at once */
  streamAgain: 5_000,
  /** between looks for the settlement of what was just sent, when no news come */
  firstFollowUp: 1_000,
  longestFollowUp: 30_000,
  foreground: 30_000,
  helloAgain: 86_400_000,
} as const

export const JOURNAL_DAYS = 35

/** Doubles with each failure up to a limit, and never ends. Random, so that phones do not come in step. */
export function retryIn(attempt: number, random: number): number {
  const full = Math.min(PACE.longestRetry, PACE.firstRetry * 2 ** Math.min(attempt - 1, 10))
  return Math.round(full * (0.5 + random / 2))
}

export function followUpIn(look: number): number {
  return Math.min(PACE.longestFollowUp, PACE.firstFollowUp * 2 ** Math.min(look, 10))
}
