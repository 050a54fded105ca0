import type { Asset } from '../../shapes/asset'
import type { Cause } from '../../shapes/cause'
import type { Chip } from '../../shapes/chip'
import type { Contact } from '../../shapes/contact'
import type { Customer } from '../../shapes/customer'
import type { Kind } from '../../shapes/entry'
import type { Help } from '../../shapes/help'
import type { Member } from '../../shapes/member'
import type { Message } from '../../shapes/message'
import type { Product } from '../../shapes/product'
import type { Site } from '../../shapes/site'
import type { Step, Ticket } from '../../shapes/ticket'
import type { Visit } from '../../shapes/visit'
import type { EntryState, Parked } from '../lines'

/** How a row stands between this phone and the server. */
interface Marked {
  entryState: EntryState
  parked?: Parked
  isMine: boolean
}

/** A ticket as it stands in a list. */
export interface TicketLine extends Marked {
  ticket: Ticket
  customer?: Customer
  site?: Site
  asset?: Asset
  category?: Chip
  /** who reported it */
  reporter?: Member
  assignee?: Member
  /** a promise about it is broken by now */
  isLate: boolean
  /** the next promise to keep */
  dueAt: string | null
  /** something about it was tapped and can be undone until then */
  undoUntil?: string
}

/** A ticket, and how far it is from here in metres. */
export interface NearbyLine extends TicketLine {
  metres: number
}

export interface StepLine {
  step: Step
  member?: Member
  assignee?: Member
  reviewer?: Member
  /** its time is in doubt, and I may say what counts */
  canReview: boolean
}

export interface MessageLine extends Marked {
  message: Message
  author?: Member
}

export interface HelpLine extends Marked {
  help: Help
  asker?: Member
  engineer?: Member
  answerer?: Member
  undoUntil?: string
}

export interface CauseLine extends Marked {
  cause: Cause
  customer?: Customer
  site?: Site
  asset?: Asset
  chip?: Chip
  /** who answers for it */
  owner?: Member
  /** days since it was watched, or since it came back last: the streak */
  quietDays: number
  /** days until it must be found out, or until its window ends: negative once that is past; null while neither runs */
  daysLeft: number | null
  undoUntil?: string
}

/** What the actor may do with a ticket as it stands. */
export interface TicketRights {
  canEdit: boolean
  canTake: boolean
  canAssign: boolean
  canWait: boolean
  canResume: boolean
  canSolve: boolean
  canReopen: boolean
  canClose: boolean
  canWithdraw: boolean
  /** an alarm waits for somebody */
  canAcknowledge: boolean
  isWatching: boolean
}

export interface TicketDetail extends TicketLine {
  product?: Product
  contact?: Contact
  visit?: Visit
  causeChip?: Chip
  fixChip?: Chip
  solver?: Member
  /** oldest first */
  steps: StepLine[]
  watchers: Member[]
  /** oldest first, withdrawn ones too */
  messages: MessageLine[]
  helps: HelpLine[]
  cause?: CauseLine
  /** the ticket it is a part of */
  whole?: TicketLine
  parts: TicketLine[]
  links: TicketLine[]
  rights: TicketRights
  /** kinds of the entries of this phone on it that are not settled yet */
  pendingKinds: Kind[]
}
