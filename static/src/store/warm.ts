import { onCurrentPhone } from '../db/current'

/**
 * Keeps the directory built while no screen looks, so that a search answers at once. Its code is fetched when somebody
 * is at work: whoever has yet to sign in waits for none of it.
 */
export function keepDirectoryWarm(): void {
  let isKept = false
  onCurrentPhone((phone) => {
    if (phone === undefined || isKept) return
    isKept = true
    void import('./directory').then(
      ({ directory }) => directory.subscribe(() => undefined),
      () => (isKept = false),
    )
  })
}
