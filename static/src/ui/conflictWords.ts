import { asideValue, keptValue, type Conflict } from '../shapes/conflict'
import { FORMS } from '../shapes/shared'
import { lengthOf, strip } from '../shapes/take'
import type { ConflictLine } from '../store/conflicts'
import { fieldName, valueWords, type Names } from './fieldWords'
import { metresBetween } from './position'
import type { Words } from './words/shared.svelte'

interface Speaker {
  moment(at: string): string
  clock(at: string): string
  longDay(day: string): string
  dayOf(at: string): string
  distance(metres: number): string
}

/** One of two values. */
export interface Side {
  /** which of the two it is */
  title: string
  /** who wrote it and when; empty when nobody knows */
  who: string
  value: string
}

const MOST_NOTE = 2000
/** An entry that took longer to arrive was written where there was no signal. */
const OFFLINE_MS = 60_000

interface Author {
  isMe: boolean
  name: string | undefined
  at: string | null
  isOffline: boolean
}

function authors({ conflict, writer, former, isWriter, isFormer }: ConflictLine, { app }: Words): { mine: Author; theirs: Author } {
  const isOffline = Date.parse(conflict.received_at) - Date.parse(conflict.made_at) > OFFLINE_MS
  const formerName = conflict.their_member === null ? undefined : (former?.name ?? app.unknownMember)
  return {
    mine: { isMe: isWriter, name: writer?.name ?? app.unknownMember, at: conflict.made_at, isOffline },
    theirs: { isMe: isFormer, name: formerName, at: conflict.theirs_at, isOffline: false },
  }
}

function whoWords({ isMe, name, at, isOffline }: Author, isTitleMine: boolean, { conflict: words }: Words, say: Speaker): string {
  const time = at === null ? '' : isOffline ? words.offline(say.moment(at)) : say.moment(at)
  const who = isMe ? (isTitleMine ? '' : words.self) : name === undefined ? '' : words.person(name)
  return [who, time].filter(Boolean).join(', ')
}

function isSame(first: readonly unknown[], second: readonly unknown[]): boolean {
  return first.every((value, at) => value === second[at])
}

/** While it is open: what the row holds now, and the value that stands aside. */
function openSides(line: ConflictLine, dict: Words, say: Speaker, text: (values: readonly unknown[]) => string): [Side, Side] {
  const { conflict } = line
  const words = dict.conflict
  const { mine, theirs } = authors(line, dict)
  const isFormerAside = conflict.kept === 'mine'
  const [keeper, other] = isFormerAside ? [mine, theirs] : [theirs, mine]
  const now = line.now ?? keptValue(conflict)
  const title = other.isMe ? words.own : isFormerAside ? words.former : words.of(other.name ?? '')
  // The name is in the title already where it is neither mine nor the former one.
  const author = isFormerAside || other.isMe ? other : { ...other, name: undefined }
  return [
    {
      title: words.now,
      who: isSame(now, keptValue(conflict)) ? whoWords(keeper, false, dict, say) : words.since,
      value: text(now),
    },
    { title, who: whoWords(author, other.isMe, dict, say), value: text(asideValue(conflict)) },
  ]
}

/** Once it is decided: what was chosen, and what was not. The row may have gone on since. */
function decidedSides(line: ConflictLine, dict: Words, say: Speaker, text: (values: readonly unknown[]) => string): [Side, Side] {
  const { conflict } = line
  const { mine, theirs } = authors(line, dict)
  const side = (title: string, author: Author, values: readonly unknown[]) => ({ title, who: whoWords(author, false, dict, say), value: text(values) })
  const isMineChosen = (conflict.kept === 'mine') !== (conflict.choice === 'replace')
  const [first, second] = isMineChosen ? [mine, theirs] : [theirs, mine]
  const [chosen, unchosen] = isMineChosen ? [conflict.mine, conflict.theirs] : [conflict.theirs, conflict.mine]
  return [side(dict.conflict.chosen, first, chosen), side(dict.conflict.unchosen, second, unchosen)]
}

/** The two values, first the one that stands. */
export function sidesOf(line: ConflictLine, dict: Words, say: Speaker, rows: Names): [Side, Side] {
  const text = (values: readonly unknown[]) => valueWords(line.conflict.names, values, dict, say, rows)
  return line.conflict.closed_at === null ? openSides(line, dict, say, text) : decidedSides(line, dict, say, text)
}

/** Whether somebody has put the value aside back already, so that there is nothing to replace. */
export function holdsAside({ conflict, now }: ConflictLine): boolean {
  return now !== undefined && isSame(now, asideValue(conflict))
}

/** How far two places lie from each other, in metres; undefined for anything else. */
export function apart(line: ConflictLine): number | undefined {
  const { conflict, now } = line
  const places = [now ?? keptValue(conflict), asideValue(conflict)].flatMap(([latitude, longitude]) =>
    typeof latitude === 'number' && typeof longitude === 'number' ? [{ latitude, longitude }] : [],
  )
  const [first, second] = places
  return conflict.names[0] === 'latitude' && first && second && !holdsAside(line) ? metresBetween(first, second) : undefined
}

/** What the button says that puts the value aside into the row. */
export function replaceWords(line: ConflictLine, dict: Words): string {
  const { conflict: words } = dict
  const { mine, theirs } = authors(line, dict)
  const other = line.conflict.kept === 'mine' ? theirs : mine
  if (other.isMe) return words.useOwn
  return line.conflict.kept === 'mine' ? words.useFormer : words.useOf(other.name ?? '')
}

/** The field, with the site or the person it belongs to. */
export function subjectOf({ conflict, part }: Pick<ConflictLine, 'conflict' | 'part'>, dict: Words): string {
  return [part, fieldName(conflict.names, dict, conflict.shape)].filter(Boolean).join(' · ')
}

/** For the memo: both values with names and dates. What the memo holds already is not written twice. */
export function noteOf(line: ConflictLine, dict: Words, say: Speaker, rows: Names): string {
  const { conflict } = line
  const words = dict.conflict
  const { mine, theirs } = authors(line, dict)
  const told = (author: Author, values: readonly unknown[]) => {
    const value = valueWords(conflict.names, values, dict, say, rows)
    const time = author.at === null ? '' : `${say.longDay(say.dayOf(author.at))} ${say.clock(author.at)}`
    return author.name === undefined ? value : words.memoValue(value, author.name, time)
  }
  if (isMemo(conflict)) return words.memoAside(conflict.kept === 'mine' ? told(theirs, conflict.theirs) : told(mine, conflict.mine))
  return words.memoBoth(subjectOf(line, dict), told(mine, conflict.mine), told(theirs, conflict.theirs))
}

function isMemo({ shape, names }: Conflict): boolean {
  return (shape === 'customer' || shape === 'need') && names[0] === 'memo'
}

/** Whether note and memo have room beside each other. */
export function fitsMemo(note: string, memo: string): boolean {
  return lengthOf(note) <= MOST_NOTE && lengthOf(strip(`${memo}\n${note}`)) <= FORMS.customer.memo.max
}

/** How it was decided, by whom and when. */
export function decisionWords(line: ConflictLine, dict: Words, say: Speaker): string {
  const { conflict, resolver, isResolver } = line
  const words = dict.conflict
  const who = isResolver ? words.subjectSelf : words.subject(resolver?.name ?? dict.app.unknownMember)
  const time = conflict.closed_at === null ? '' : say.moment(conflict.closed_at)
  if (conflict.choice === 'replace') return words.replacedBy(who, time)
  return conflict.choice === 'note' ? words.notedBy(who, time) : words.keptBy(who, time)
}
