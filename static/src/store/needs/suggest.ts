import { derived } from 'svelte/store'
import { allNeeds } from '../../db/needs'
import { byId } from '../../db/read'
import type { Phone } from '../../db/schema'
import { voicesOfNeeds } from '../../db/voices'
import { groupOf } from '../../overlay/grouping'
import { liveRead, type Live } from '../live'
import { AlikeIndex } from './alike'
import type { NeedLine, VoiceLine } from './lines'
import { headsOf } from './needLines'
import { Reader } from './reader'

/** A known need that may be the one somebody is writing about. */
export interface AlikeNeed {
  id: string
  /** empty while it is unsorted: then `words` say what it is */
  title: string
  words: string
  customers: number
}

const MOST_SUGGESTED = 5
/** Fewer letters than this resemble everything. */
const LEAST_LETTERS = 2

interface Known {
  index: AlikeIndex
  needs: ReadonlyMap<string, AlikeNeed>
}

/** Needs that speak for themselves, with their titles and everything that was said of them and stands. */
async function readKnown(db: Phone): Promise<Known> {
  const reader = await Reader.at(db)
  const all = reader.over('need', await allNeeds(db), () => true)
  const byNeed = new Map(all.map((need) => [need.id, need]))
  const said = reader.over('voice', await voicesOfNeeds(db, [...byNeed.keys()]), (voice) => byNeed.has(voice.need ?? ''))
  const standing = said.filter((voice) => voice.withdrawn_at === null)
  const tallies = await byId(db, 'tally', [...byNeed.keys()])
  const index = new AlikeIndex()
  const needs = new Map<string, AlikeNeed>()
  for (const head of headsOf(all)) {
    const group = groupOf(head.id, all)
    const voices = standing.filter((voice) => group.has(voice.need ?? '')).map((voice) => voice.text)
    const titles = [...group].flatMap((id) => byNeed.get(id)?.title ?? [])
    const words = voices.find((text) => text !== '') ?? ''
    if (head.title === '' && words === '') continue
    index.put(head.id, [...titles, ...voices])
    needs.set(head.id, { id: head.id, title: head.title, words, customers: tallies.get(head.id)?.customers ?? 0 })
  }
  return { index, needs }
}

const known: Live<Known | undefined> = liveRead(readKnown)

/** Known needs that resemble some words, the likeliest first; none for hardly any words. */
export function alikeNeeds(text: string, limit = MOST_SUGGESTED): Live<AlikeNeed[] | undefined> {
  return derived(known as never, (found: Known | undefined) => {
    if (text.trim().length < LEAST_LETTERS) return []
    return found?.index.suggest(text, limit).flatMap(({ id }) => found.needs.get(id) ?? [])
  })
}

/** Keeps what is known in memory while somebody writes: it would else be read anew with every keystroke. */
export function keepAlikeWarm(): () => void {
  return known.subscribe(() => undefined)
}

/** The same of a line that a list shows. */
export function alikeOf({ need, tally, voices }: NeedLine & { voices?: VoiceLine[] }): AlikeNeed {
  return { id: need.id, title: need.title, words: voices?.[0]?.voice.text ?? '', customers: tally?.customers ?? 0 }
}
