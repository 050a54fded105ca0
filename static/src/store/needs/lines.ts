import type { Answer } from '../../shapes/answer'
import type { Asking } from '../../shapes/asking'
import type { Commitment } from '../../shapes/commitment'
import type { Contact } from '../../shapes/contact'
import type { Customer } from '../../shapes/customer'
import type { Joining } from '../../shapes/joining'
import type { Member } from '../../shapes/member'
import type { Milestone, Need } from '../../shapes/need'
import type { Product } from '../../shapes/product'
import type { Question } from '../../shapes/question'
import type { Reply } from '../../shapes/reply'
import type { Theme } from '../../shapes/theme'
import type { Visit } from '../../shapes/visit'
import type { Voice } from '../../shapes/voice'
import type { Tally } from '../../shapes/tally'
import type { EntryState, Parked } from '../lines'
import type { Weight } from './weight'

/** How a row stands between this phone and the server. */
interface Marked {
  entryState: EntryState
  parked?: Parked
  isMine: boolean
}

/** A need as it stands in a list. */
export interface NeedLine extends Marked {
  need: Need
  theme?: Theme
  product?: Product
  owner?: Member
  /** undefined until the server has added it up */
  tally?: Tally
  weight: Weight
  /** how many needs are grouped under it */
  merged: number
  /** a change of it was tapped and can be undone until then */
  undoUntil?: string
}

/** One telling of a need, or an observation. */
export interface VoiceLine extends Marked {
  voice: Voice
  customer?: Customer
  contact?: Contact
  product?: Product
  author?: Member
}

/** A voice, and the need it was put to. */
export interface PlacedLine extends VoiceLine {
  need?: Need
}

/** One line of what became of a need. */
export interface MilestoneLine {
  milestone: Milestone
  member?: Member
  customer?: Customer
  /** the need it was merged into or taken out of */
  other?: Need
}

export interface AnswerLine extends Marked {
  answer: Answer
  author?: Member
}

export interface AskingLine extends Marked {
  asking: Asking
  customer?: Customer
  need?: Need
  /** who asks */
  asker?: Member
  /** those this phone holds, newest first: the first one counts */
  answers: AnswerLine[]
}

export interface QuestionLine extends Marked {
  question: Question
  asker?: Member
  askings: AskingLine[]
  canWithdraw: boolean
}

export interface ReplyLine extends Marked {
  reply: Reply
  need?: Need
  customer?: Customer
  /** who is to tell them */
  member?: Member
  teller?: Member
  contact?: Contact
  commitment?: Commitment
  canTell: boolean
  undoUntil?: string
}

export interface JoiningLine extends Marked {
  joining: Joining
  visit?: Visit
  customer?: Customer
  /** who asks to come along */
  member?: Member
  /** whose visit it is */
  host?: Member
  need?: Need
  /** the visit is mine, and waits for my answer */
  canAnswer: boolean
  canWithdraw: boolean
}
