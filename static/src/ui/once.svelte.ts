import { tellTrouble } from './notice.svelte'

/** Lets a tap do its work once: a second tap while the first is at work does nothing. */
export function once() {
  let isBusy = $state(false)
  return {
    get isBusy() {
      return isBusy
    },
    /** True when the work was done; a refusal is told to the person. */
    async run(work: () => Promise<unknown>): Promise<boolean> {
      if (isBusy) return false
      isBusy = true
      try {
        await work()
        return true
      } catch (error) {
        tellTrouble(error)
        return false
      } finally {
        isBusy = false
      }
    },
  }
}
