import type { Deed } from '../store/consoleDeeds'
import { tell, tellTroubleInWords } from './notice.svelte'
import { deedSentence } from './words/manage.svelte'

/** Says what became of something only the server can do. True when it was done. */
export function tellDeed<T>(deed: Deed<T>, done: (result: T) => string): boolean {
  if (deed.kind === 'done') tell(done(deed.result))
  else tellTroubleInWords(deedSentence(deed))
  return deed.kind === 'done'
}
