import { exportUnsent } from '../store/exportFile'
import { tellTrouble } from './notice.svelte'

/** Puts everything unsent into a file of the phone, for an administrator to take in. */
export async function saveUnsent(): Promise<void> {
  await saveFile(exportUnsent)
}

/** True when there is a file. Whether the phone has kept it, only its person can see. */
export async function saveFile(make: () => Promise<Blob>): Promise<boolean> {
  try {
    const address = URL.createObjectURL(await make())
    const link = document.createElement('a')
    link.href = address
    link.download = `fieldops-unsent-${new Date().toISOString().slice(0, 10)}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    return true
  } catch (error) {
    tellTrouble(error)
    return false
  }
}
