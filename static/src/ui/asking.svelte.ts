const EVERY_MS = 30_000

/** Asks now, and again every half minute and whenever the page is looked at, for as long as the screen stands. */
export function keepAsking(ask: () => Promise<unknown>): void {
  $effect(() => {
    const ifVisible = () => document.visibilityState === 'visible' && void ask()
    ifVisible()
    const timer = setInterval(ifVisible, EVERY_MS)
    document.addEventListener('visibilitychange', ifVisible)
    window.addEventListener('online', ifVisible)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ifVisible)
      window.removeEventListener('online', ifVisible)
    }
  })
}
