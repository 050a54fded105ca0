import { exportUnsent } from '../store/outbox'
import { tellTrouble } from './notice.svelte'

/** Puts everything unsent into a file of the phone, for an administrator to take in. */
export async function saveUnsent(): Promise<void> {
  try {
    const address = URL.createObjectURL(await exportUnsent())
    const link = document.createElement('a')
    link.href = address
    link.download = `fieldops-unsent-${new Date().toISOString().slice(0, 10)}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  } catch (error) {
    tellTrouble(error)
  }
}
