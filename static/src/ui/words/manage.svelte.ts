import type { Deed } from '../../store/consoleDeeds'
import { say } from './index.svelte'
import { enManage } from './manage.en'
import { koManage } from './manage.ko'
import { parkedSentence } from './parked.svelte'

export type ManageWords = typeof koManage

/** The words of the screens for looking after others, in the language of this moment. */
export function tm(): ManageWords {
  return say.language === 'ko' ? koManage : enManage
}

/** Why an entry is parked, in a few words for a list. */
export function reasonName(code: string): string {
  const { reason } = tm()
  return Object.hasOwn(reason, code) ? reason[code as keyof ManageWords['reason']] : reason.unknown
}

/** Why something was not done. */
export function deedSentence(deed: Exclude<Deed<unknown>, { kind: 'done' }>): string {
  const { deed: words, file } = tm()
  if (deed.kind !== 'refused') return words[deed.kind]
  const { code, params } = deed
  if (code === 'file_damaged') return file.damaged(typeof params.n === 'number' ? say.count(params.n) : '')
  const isTold = code === 'not_open' || code === 'not_permitted' || (code === 'not_found' && typeof params.field !== 'string')
  return isTold ? words[code] : parkedSentence(code, params)
}
