import type { Comment } from '../shapes/comment'
import type { Commitment } from '../shapes/commitment'
import type { Entry, EntryOf, Kind } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Site } from '../shapes/site'
import type { Team } from '../shapes/team'
import type { Visit } from '../shapes/visit'

/** What an entry is laid over: the rows as they stand before it. */
export interface Ground {
  actor: Member
  visit(id: string): Visit | undefined
  commitment(id: string): Commitment | undefined
  comment(id: string): Comment | undefined
  commitmentsOf(visit: string): Commitment[]
  site(id: string): Site | undefined
  member(id: string): Member | undefined
  team(id: string): Team | undefined
}

/** The rows an entry makes or changes. Empty when the server will refuse it. */
export interface Changed {
  visit?: Visit[]
  commitment?: Commitment[]
  comment?: Comment[]
}

/** The server's rule for one kind, told once more for the time until the server has spoken. */
export type Reducer<K extends Kind> = (entry: EntryOf<K>, ground: Ground) => Changed

export type Reducers = { readonly [K in Kind]: Reducer<K> }

export type AnyReducer = (entry: Entry, ground: Ground) => Changed

export const NOTHING: Changed = {}
