import { needsAround } from '../../db/needs'
import { askingsOfCustomer } from '../../db/questions'
import { repliesOfCustomers } from '../../db/replies'
import type { Phone } from '../../db/schema'
import { voicesOfCustomer } from '../../db/voices'
import { topOf } from '../../overlay/grouping'
import type { Need } from '../../shapes/need'
import { isLoopOpen } from '../../shapes/reply'
import { liveRead, type Live } from '../live'
import { compare } from '../order'
import type { AskingLine, NeedLine, PlacedLine, ReplyLine, VoiceLine } from './lines'
import { needLines } from './needLines'
import { askingLines } from './questionLines'
import { Reader } from './reader'
import { replyLines } from './replyLines'
import { cameAt, newestVoiceFirst, voiceLines } from './voiceLines'

/** What one customer wants, with what they said of it. */
export interface CustomerNeed extends NeedLine {
  /** newest first */
  voices: VoiceLine[]
}

export interface CustomerNeeds {
  /** open ones first, then those this customer told of last */
  needs: CustomerNeed[]
  /** what was seen there and belongs to no need, newest first */
  observations: PlacedLine[]
  /** to be told, or told and not answered */
  replies: ReplyLine[]
  /** to be asked at the next visit */
  askings: AskingLine[]
}

function isOver({ stage }: Need): boolean {
  return stage === 'solved' || stage === 'declined'
}

function openFirst(a: CustomerNeed, b: CustomerNeed): number {
  const latest = ({ voices: [first] }: CustomerNeed) => (first === undefined ? '' : cameAt(first.voice))
  return Number(isOver(a.need)) - Number(isOver(b.need)) || compare(latest(b), latest(a))
}

async function openAskings(reader: Reader, customer: string): Promise<AskingLine[]> {
  const base = await askingsOfCustomer(reader.db, customer)
  const open = reader.over('asking', base, (asking) => asking.customer === customer && asking.closed_at === null)
  return askingLines(reader, open.sort((a, b) => compare(a.id, b.id)))
}

async function openReplies(reader: Reader, customer: string): Promise<ReplyLine[]> {
  const base = await repliesOfCustomers(reader.db, [customer])
  const open = reader.over('reply', base, (reply) => reply.customer === customer && isLoopOpen(reply))
  return replyLines(reader, open.sort((a, b) => compare(a.id, b.id)))
}

/** The needs a customer told of, each under the one that speaks for it. */
async function readNeeds(reader: Reader, voices: readonly VoiceLine[]): Promise<CustomerNeed[]> {
  const told = [...new Set(voices.flatMap(({ voice }) => voice.need ?? []))]
  const laid = [...reader.projection.overlay.need.keys()]
  const all = reader.over('need', await needsAround(reader.db, [...told, ...laid]), () => true)
  const byNeed = new Map(all.map((need) => [need.id, need]))
  const headOf = new Map(told.flatMap((id) => (byNeed.has(id) ? [[id, topOf(byNeed.get(id)!, (up) => byNeed.get(up))] as const] : [])))
  const lines = await needLines(reader, [...new Set(headOf.values())], all)
  const ofHead = (head: Need) => voices.filter(({ voice }) => headOf.get(voice.need ?? '') === head)
  return lines.map((line) => ({ ...line, voices: ofHead(line.need) })).sort(openFirst)
}

async function readOfCustomer(db: Phone, customer: string): Promise<CustomerNeeds> {
  const reader = await Reader.at(db)
  const base = await voicesOfCustomer(db, customer)
  const standing = reader.over('voice', base, (voice) => voice.customer === customer && voice.withdrawn_at === null)
  const voices = await voiceLines(reader, standing.sort(newestVoiceFirst))
  return {
    needs: await readNeeds(reader, voices),
    observations: voices.filter(({ voice }) => voice.need === null),
    replies: await openReplies(reader, customer),
    askings: await openAskings(reader, customer),
  }
}

/** Everything about needs for the card of a customer. */
export function needsOfCustomer(customer: string): Live<CustomerNeeds | undefined> {
  return liveRead((db) => readOfCustomer(db, customer))
}

/** What is to be asked of a customer, for the record sheet: the oldest first. */
export function askingsOf(customer: string): Live<AskingLine[] | undefined> {
  return liveRead(async (db) => openAskings(await Reader.at(db), customer))
}
