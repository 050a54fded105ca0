import type { Deed } from '../store/consoleDeeds'
import { tell, tellTroubleInWords } from './notice.svelte'
import { setUpSentence } from './words/setUp.svelte'

/** Says what became of something an administrator sets up. True when it was done. */
export function tellSetUp(deed: Deed<unknown>, done: string): boolean {
  if (deed.kind === 'done') tell(done)
  else tellTroubleInWords(setUpSentence(deed))
  return deed.kind === 'done'
}
