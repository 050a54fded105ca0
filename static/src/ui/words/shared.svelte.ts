import { say, t } from './index.svelte'
import type { Dict } from './ko'
import { enShared } from './shared.en'
import { koShared } from './shared.ko'

export type Words = Dict & typeof koShared

let made: { of: Dict; words: Words } | undefined

/** All words, with those of the screens for editing and deciding: they are fetched together with these screens. */
export function ts(): Words {
  const of = t()
  if (made?.of !== of) made = { of, words: { ...of, ...(say.language === 'ko' ? koShared : enShared) } }
  return made.words
}
