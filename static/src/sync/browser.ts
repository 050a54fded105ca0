import { phoneName } from '../db/open'
import type { Phone } from '../db/schema'
import { hello } from '../net/hello'
import { pull } from '../net/pull'
import { push } from '../net/push'
import { openStream } from '../net/stream'
import { PACE } from './pace'
import type { Clock, Lock, Ports } from './ports'

const clock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  later(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** One tab at a time. Where there are no locks (plain http on a local network) every tab goes; pages and receipts bear it. */
export function webLock(name: string, locks: LockManager | null = globalThis.navigator?.locks ?? null): Lock {
  return {
    async run(isSteal, work) {
      if (locks === null) {
        await work(() => false)
        return true
      }
      let isLost = false
      let working: Promise<void> | undefined
      const options: LockOptions = isSteal ? { steal: true } : { ifAvailable: true }
      try {
        await locks.request(name, options, async (lock) => {
          if (lock !== null) await (working = work(() => isLost))
        })
      } catch (error) {
        // Taken away: let the step under way come to its end before saying so.
        isLost = true
        await working?.catch(() => undefined)
        if (working === undefined) throw error
      }
      return working !== undefined
    },
  }
}

/** Looks at the phone, the network coming back, and every half minute while it is looked at. */
export function signals(onWake: () => void): () => void {
  const ifVisible = () => {
    if (document.visibilityState === 'visible') onWake()
  }
  const timer = setInterval(ifVisible, PACE.foreground)
  window.addEventListener('online', onWake)
  window.addEventListener('pageshow', onWake)
  document.addEventListener('visibilitychange', ifVisible)
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', onWake)
    window.removeEventListener('pageshow', onWake)
    document.removeEventListener('visibilitychange', ifVisible)
  }
}

export function browserPorts(db: Phone, app: string, wiped: (unsent: number) => void): Ports {
  return {
    app,
    door: { hello, push, pull },
    lock: webLock(phoneName(db.org, db.memberId).replace('fieldops-', 'fieldops-sync-')),
    clock,
    listen: openStream,
    signals,
    wiped,
  }
}
