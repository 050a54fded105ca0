import type { Deed } from '../../store/consoleDeeds'
import { say } from './index.svelte'
import { deedSentence } from './manage.svelte'
import { enSetUp } from './setUp.en'
import { koSetUp } from './setUp.ko'

export type SetUpWords = typeof koSetUp

/** The words for what administrators set up, in the language of this moment: they come with these screens. */
export function tu(): SetUpWords {
  return say.language === 'ko' ? koSetUp : enSetUp
}

/** Why it was not set up. */
export function setUpSentence(deed: Exclude<Deed<unknown>, { kind: 'done' }>): string {
  const { refused } = tu()
  const isTold = deed.kind === 'refused' && Object.hasOwn(refused, deed.code)
  return isTold ? refused[deed.code as keyof SetUpWords['refused']] : deedSentence(deed)
}
