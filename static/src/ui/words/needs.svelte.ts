import { say } from './index.svelte'
import { enNeeds } from './needs.en'
import { koNeeds } from './needs.ko'

export type NeedsWords = typeof koNeeds

/** The words about needs, in the language of this moment: they are fetched together with their screens. */
export function tn(): NeedsWords {
  return say.language === 'ko' ? koNeeds : enNeeds
}
