import type { ParkedItem } from '../store/console'
import { canBeCorrected, entryText } from './entryText'
import type { Words } from './words/shared.svelte'

/** The sentence of an entry's kind, with whom it concerns. */
export function parkedTitle({ kind, customerName }: Pick<ParkedItem, 'kind' | 'customerName'>, { kind: words }: Words): string {
  const name = kind !== undefined && Object.hasOwn(words, kind) ? words[kind as keyof Words['kind']] : words.unknown
  return [name, customerName].filter(Boolean).join(' · ')
}

/** What its writer wrote; of a text that cannot be read its beginning. */
export function parkedText({ kind, args, text }: Pick<ParkedItem, 'kind' | 'args' | 'text'>, dict: Words): string {
  return kind === undefined || args === undefined ? text.slice(0, 200) : entryText({ kind, args }, dict)
}

const SHUT_OUT = ['quarantined', 'actor_disabled']

/** Only a person may let it in. */
export function isShutOut({ code }: Pick<ParkedItem, 'code'>): boolean {
  return SHUT_OUT.includes(code)
}

/** Whether other words could set it right: not where it only waits for another one. */
export function canBeFixed({ kind, args, waitsFor }: ParkedItem): boolean {
  if (kind === undefined || args === undefined || waitsFor !== undefined || kind.startsWith('entry.')) return false
  return canBeCorrected({ kind, args }, 'customer')
}
