import type { Commitment } from '../shapes/commitment'
import type { Customer } from '../shapes/customer'
import type { Kind } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Params } from '../shapes/settled'
import type { Site } from '../shapes/site'
import type { Visit } from '../shapes/visit'

/** saved: on this phone. sent: the server holds it. applied: colleagues see it. attention: parked or in conflict. */
export type EntryState = 'saved' | 'sent' | 'applied' | 'attention'

/** An entry the server has put aside, with its reason. */
export interface Parked {
  entryId: string
  kind: Kind
  code: string
  params: Params
}

/** A visit as it stands in a list. */
export interface VisitLine {
  visit: Visit
  customer?: Customer
  site?: Site
  author?: Member
  /** the worst state among the entries of this phone on this visit */
  entryState: EntryState
  parked?: Parked
  isMine: boolean
}

export interface CommitmentLine {
  commitment: Commitment
  customer?: Customer
  member?: Member
  entryState: EntryState
  parked?: Parked
  isMine: boolean
}
