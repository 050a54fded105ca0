import { say } from './index.svelte'
import { enSetUp } from './setUp.en'
import { koSetUp } from './setUp.ko'

export type SetUpWords = typeof koSetUp

/** The words for what administrators set up, in the language of this moment: they come with these screens. */
export function tu(): SetUpWords {
  return say.language === 'ko' ? koSetUp : enSetUp
}
