import { allJoinings } from '../../db/joinings'
import { needsAround } from '../../db/needs'
import { repliesOfNeeds } from '../../db/replies'
import type { Phone } from '../../db/schema'
import { voicesOfNeeds } from '../../db/voices'
import { groupOf, topOf } from '../../overlay/grouping'
import { editsNeeds } from '../../overlay/rights'
import type { Customer } from '../../shapes/customer'
import type { Kind } from '../../shapes/entry'
import type { Member } from '../../shapes/member'
import { nextStages, type Need, type Stage } from '../../shapes/need'
import { rowKey } from '../../shapes/touches'
import type { Voice } from '../../shapes/voice'
import { liveRead, type Live } from '../live'
import { compare } from '../order'
import { present } from '../present'
import { joiningLines } from './joiningLines'
import type { JoiningLine, MilestoneLine, NeedLine, QuestionLine, ReplyLine, VoiceLine } from './lines'
import { needLines } from './needLines'
import { questionLines } from './questionLines'
import { Reader } from './reader'
import { replyLines } from './replyLines'
import { shownVoices, voiceLines } from './voiceLines'

/** What the actor may do with a need. */
export interface NeedRights {
  /** title, theme, product, texts; voices and questions as well */
  canEdit: boolean
  canTake: boolean
  canHandOver: boolean
  /** customers who told of it, by name: each of them may confirm it */
  confirmAt: Customer[]
  /** the stages it may be taken to by hand; one that is merged has none */
  nextStages: Stage[]
  canMerge: boolean
  canUnmerge: boolean
}

export interface NeedCard extends NeedLine {
  /** where it was heard first, and by whom */
  customer?: Customer
  author?: Member
  /** the need that speaks for this one */
  head?: NeedLine
  /** those that are grouped under it, by whatever way */
  group: NeedLine[]
  /** its own and those of its group, newest first, withdrawn ones too */
  voices: VoiceLine[]
  /** there are more than this phone holds */
  hasOlderVoices: boolean
  /** members who saw it with their own eyes */
  witnesses: Member[]
  /** needs that may be the same, the likeliest first */
  alike: NeedLine[]
  /** oldest first */
  milestones: MilestoneLine[]
  /** newest first */
  questions: QuestionLine[]
  /** by customer; of several to one customer the newest first */
  replies: ReplyLine[]
  /** who wants to come along, or did, to see this need */
  joinings: JoiningLine[]
  rights: NeedRights
  /** kinds of the entries of this phone on it that are not settled yet */
  pendingKinds: Kind[]
}

/** The need with everything around it, as it is shown. */
interface Around {
  need: Need
  all: Need[]
  group: ReadonlySet<string>
  head: Need | undefined
}

async function around(reader: Reader, id: string): Promise<Around | undefined> {
  const laid = [...reader.projection.overlay.need.keys()]
  const all = reader.over('need', await needsAround(reader.db, [id, ...laid]), () => true)
  const need = all.find((one) => one.id === id)
  if (need === undefined) return undefined
  const byNeed = new Map(all.map((one) => [one.id, one]))
  const head = topOf(need, (above) => byNeed.get(above))
  return { need, all, group: groupOf(id, all), head: head === need ? undefined : head }
}

/** Whether the server has added up more voices than the base of this phone holds. */
async function hasOlderVoices({ db }: Reader, line: NeedLine): Promise<boolean> {
  const base = await needsAround(db, [line.need.id])
  const held = await voicesOfNeeds(db, [...groupOf(line.need.id, base)])
  const standing = held.filter((voice) => voice.withdrawn_at === null).length
  return line.tally !== undefined && standing < line.tally.voices + line.tally.observations
}

async function milestoneLines(reader: Reader, { milestones }: Need): Promise<MilestoneLine[]> {
  const customers = await reader.customers(milestones.map((one) => one.customer))
  const others = await reader.byId('need', milestones.map((one) => one.other))
  return milestones.map((milestone) => ({
    milestone,
    ...present<Pick<MilestoneLine, 'member' | 'customer' | 'other'>>({
      member: reader.member(milestone.member),
      customer: customers.get(milestone.customer ?? ''),
      other: others.get(milestone.other ?? ''),
    }),
  }))
}

async function repliesOf(reader: Reader, group: ReadonlySet<string>): Promise<ReplyLine[]> {
  const base = await repliesOfNeeds(reader.db, [...group])
  const lines = await replyLines(reader, reader.over('reply', base, (reply) => group.has(reply.need)))
  const name = (line: ReplyLine) => line.customer?.name ?? '~'
  return lines.sort((a, b) => compare(name(a), name(b)) || compare(b.reply.id, a.reply.id))
}

async function joiningsOf(reader: Reader, group: ReadonlySet<string>): Promise<JoiningLine[]> {
  const base = await allJoinings(reader.db)
  const joinings = reader.over('joining', base, (joining) => joining.need !== null && group.has(joining.need))
  return (await joiningLines(reader, joinings)).sort((a, b) => compare(b.joining.id, a.joining.id))
}

async function confirmers(reader: Reader, voices: readonly Voice[]): Promise<Customer[]> {
  const standing = voices.filter((voice) => voice.withdrawn_at === null)
  return [...(await reader.customers(standing.map((voice) => voice.customer))).values()].sort((a, b) => compare(a.name, b.name))
}

function rightsOf({ actor }: Reader, { need }: Around, confirmAt: Customer[]): NeedRights {
  const canEdit = editsNeeds(actor)
  const isMerged = need.merged_into !== null
  const isOwnersOwn = need.owner === null || need.owner === actor.id || actor.is_admin
  return {
    canEdit,
    canTake: canEdit && need.owner === null,
    canHandOver: canEdit && isOwnersOwn,
    confirmAt,
    // Confirming is a customer's word, and everybody's to write down.
    nextStages: canEdit && !isMerged ? nextStages(need.stage).filter((stage) => stage !== 'confirmed') : [],
    canMerge: canEdit && !isMerged,
    canUnmerge: canEdit && isMerged,
  }
}

async function readCard(db: Phone, id: string): Promise<NeedCard | null> {
  const reader = await Reader.at(db)
  const found = await around(reader, id)
  if (found === undefined) return null
  const { need, all, group, head } = found
  const [line] = await needLines(reader, [need], all)
  const voices = await shownVoices(reader, group)
  const alike = await reader.byId('need', line!.tally?.alike ?? [])
  const customer = (await reader.customers([need.customer])).get(need.customer)
  return {
    ...line!,
    ...present<Pick<NeedCard, 'customer' | 'author' | 'head'>>({
      customer,
      author: reader.member(need.member),
      head: head && (await needLines(reader, [head], all))[0],
    }),
    group: await needLines(reader, all.filter((one) => one.id !== id && group.has(one.id)), all),
    voices: await voiceLines(reader, voices),
    hasOlderVoices: await hasOlderVoices(reader, line!),
    witnesses: (line!.tally?.witnesses ?? []).flatMap((one) => reader.member(one) ?? []),
    alike: await needLines(reader, (line!.tally?.alike ?? []).flatMap((one) => (group.has(one) ? [] : (alike.get(one) ?? []))), all),
    milestones: await milestoneLines(reader, need),
    questions: await questionLines(reader, group),
    replies: await repliesOf(reader, group),
    joinings: await joiningsOf(reader, group),
    rights: rightsOf(reader, found, await confirmers(reader, voices)),
    pendingKinds: reader.projection.standings.get(rowKey('need', id))?.kinds ?? [],
  }
}

/** undefined while loading, null when this phone does not hold the need. */
export function needCard(id: string): Live<NeedCard | null | undefined> {
  return liveRead((db) => readCard(db, id))
}
