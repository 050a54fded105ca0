import { assetName, readAsset, type Asset } from '../shapes/asset'
import { FORMS, storedAll, type Values } from '../shapes/shared'
import { lengthOf } from '../shapes/take'
import type { AssetHit } from '../store/assets'
import type { Words } from './words/shared.svelte'

/** What people call an asset by. */
export const CALLED_BY = ['tag', 'serial', 'name'] as const
export type CalledBy = (typeof CALLED_BY)[number]

/** Labels are short numbers; serials are longer or have letters among them. */
const MOST_LABEL_DIGITS = 6

/** Which of them a person has probably typed. */
export function guessOf(typed: string): CalledBy {
  if (/^\d+$/.test(typed)) return typed.length <= MOST_LABEL_DIGITS ? 'tag' : 'serial'
  return /\d/.test(typed) && /^[\x21-\x7e]+$/.test(typed) ? 'serial' : 'name'
}

/** Whether what was typed has room there. */
export function fits(typed: string, by: CalledBy): boolean {
  return lengthOf(typed.normalize('NFC')) <= FORMS.asset[by].max
}

/** What an asset of these values is called, as they will be stored. */
export function calledBy(values: Values): string {
  return assetName(readAsset('', storedAll('asset', values)))
}

/** The numbers of an asset, each with what it is; one that stands for its name already is not said twice. */
export function numberWords({ name, serial, tag }: Asset, { asset: words }: Words): string {
  const first = assetName({ name, serial, tag })
  const numbers = [tag !== '' && tag !== first ? words.tagOf(tag) : '', serial !== '' && serial !== first ? words.serialOf(serial) : '']
  return numbers.filter(Boolean).join(' · ')
}

/** Where a serial number is known from already; the customer is said where it is another one. */
export function knownWords({ asset, customer }: AssetHit, here: string, { asset: words }: Words): string {
  const where = asset.customer === here ? [] : [customer?.name]
  return words.serialKnown([...where, assetName(asset)].filter(Boolean).join(', '))
}
