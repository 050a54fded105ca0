import type { Theme } from '../store/device'

const GROUND = { light: '#ffffff', dark: '#14171c' } as const

/** Colours as chosen, or as the device has them; the bar of the browser goes along. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = GROUND[theme === 'system' ? own : theme]
  }
}

/** The brand face is half a megabyte: only once the shell is installed, and never where data is to be saved. */
export function mayUseBrandFace(): boolean {
  const connection = 'connection' in navigator ? (navigator.connection as { saveData?: boolean }) : undefined
  return Boolean(navigator.serviceWorker?.controller) && !connection?.saveData
}
