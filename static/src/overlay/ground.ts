import type { Chip } from '../shapes/chip'
import type { Conflict } from '../shapes/conflict'
import type { Entry, EntryOf, Kind } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Product } from '../shapes/product'
import type { Shapes } from '../shapes/row'
import type { Team } from '../shapes/team'

/** The nouns entries make and change. */
export const LAID = [
  'visit',
  'commitment',
  'comment',
  'customer',
  'site',
  'contact',
  'asset',
  'conflict',
  'theme',
  'need',
  'voice',
  'question',
  'asking',
  'answer',
  'joining',
  'reply',
  'notification',
  'preference',
  'ticket',
  'cause',
  'message',
  'help',
] as const
export type LaidName = (typeof LAID)[number]

type LookUp = { readonly [Name in LaidName]: (id: string) => Shapes[Name] | undefined }

/** What an entry is laid over: the rows as they stand before it. */
export interface Ground extends LookUp {
  actor: Member
  /** The rows of a noun that are known. */
  all<Name extends LaidName>(name: Name): Shapes[Name][]
  product(id: string): Product | undefined
  chip(id: string): Chip | undefined
  member(id: string): Member | undefined
  team(id: string): Team | undefined
  /** Whether the actor edits customers of this territory. */
  covers(territory: string): boolean
  /** Whether the actor may put a customer into this territory. */
  mayFile(territory: string): boolean
  /** The day by the organization's calendar. */
  dayOf(at: string): string
}

/** A conflict as it will be, without what the server makes of it: id, times, and who was first. */
export type Coming = Omit<Conflict, 'id' | 'their_member' | 'theirs_at' | 'received_at' | 'choice' | 'resolved_by' | 'closed_at'>

/** The rows an entry makes or changes. Empty when the server will refuse it. */
export type Changed = { [Name in LaidName]?: Shapes[Name][] } & {
  /** what people will have to look at once the server has decided */
  clashes?: Coming[]
}

/** The server's rule for one kind, told once more for the time until the server has spoken. */
export type Reducer<K extends Kind> = (entry: EntryOf<K>, ground: Ground) => Changed

export type Reducers = { readonly [K in Kind]: Reducer<K> }

export type AnyReducer = (entry: Entry, ground: Ground) => Changed

export const NOTHING: Changed = {}
