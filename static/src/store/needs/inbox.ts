import { needsAround, untitledNeeds } from '../../db/needs'
import type { Phone } from '../../db/schema'
import { voicesOfNeeds } from '../../db/voices'
import { groupOf } from '../../overlay/grouping'
import type { Need } from '../../shapes/need'
import type { Voice } from '../../shapes/voice'
import { liveRead, type Live } from '../live'
import type { NeedLine, VoiceLine } from './lines'
import { headsOf, lastHeardFirst, needLines } from './needLines'
import { Reader } from './reader'
import { shownVoices, voiceLines } from './voiceLines'

/** A need that nobody has sorted yet: its voices say what it is. */
export interface InboxItem extends NeedLine {
  /** newest first, without those that were withdrawn */
  voices: VoiceLine[]
}

async function readInbox(db: Phone): Promise<InboxItem[]> {
  const reader = await Reader.at(db)
  const untitled = reader.over('need', await untitledNeeds(db), (need) => need.title === '')
  const around = await needsAround(db, untitled.map((need) => need.id))
  const all = reader.over('need', [...around, ...untitled], () => true)
  const heads = headsOf(all).filter((need) => need.title === '')
  const lines = await needLines(reader, heads, all)
  return (await withVoices(reader, lines, all)).sort(lastHeardFirst)
}

async function withVoices(reader: Reader, lines: readonly NeedLine[], all: readonly Need[]): Promise<InboxItem[]> {
  const groups = new Map(lines.map(({ need }) => [need.id, groupOf(need.id, all)]))
  const ids = new Set([...groups.values()].flatMap((group) => [...group]))
  const isStanding = (voice: Voice) => voice.withdrawn_at === null
  const voices = await voiceLines(reader, (await shownVoices(reader, ids)).filter(isStanding))
  const base = (await voicesOfNeeds(reader.db, [...ids])).filter(isStanding)
  return lines.flatMap((line) => {
    const group = groups.get(line.need.id)
    const isIts = (voice: Voice) => group?.has(voice.need ?? '') === true
    const own = voices.filter(({ voice }) => isIts(voice))
    // One whose only voice was taken back, as by the undo after a save, asks nothing of anybody.
    const isSilent = own.length === 0 && addedUp(line) <= base.filter(isIts).length
    return isSilent ? [] : [{ ...line, voices: own }]
  })
}

/** All voices that stand, also those this phone does not hold. */
function addedUp({ tally }: NeedLine): number {
  return tally === undefined ? 0 : tally.voices + tally.observations
}

/** What nobody has sorted yet, newest first. */
export const needsInbox: Live<InboxItem[] | undefined> = liveRead(readInbox)
