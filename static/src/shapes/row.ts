import { readAnswer, type Answer } from './answer'
import { readAsking, type Asking } from './asking'
import { readAsset, type Asset } from './asset'
import { readBusinessCalendar, type BusinessCalendar } from './businessCalendar'
import { readCause, type Cause } from './cause'
import { readChip, type Chip } from './chip'
import { readComment, type Comment } from './comment'
import { readCommitment, type Commitment } from './commitment'
import { readConflict, type Conflict } from './conflict'
import { readContact, type Contact } from './contact'
import { readCustomer, type Customer } from './customer'
import type { Fields } from './fields'
import { readHelp, type Help } from './help'
import { readJoining, type Joining } from './joining'
import { readMember, type Member } from './member'
import { readMessage, type Message } from './message'
import { readNeed, type Need } from './need'
import { readNotification, type Notification } from './notification'
import { readOrganization, type Organization } from './organization'
import { readPreference, type Preference } from './preference'
import { readProduct, type Product } from './product'
import { readQuestion, type Question } from './question'
import { readReply, type Reply } from './reply'
import { readSite, type Site } from './site'
import { readSlaPolicy, type SlaPolicy } from './slaPolicy'
import { readTally, type Tally } from './tally'
import { readTeam, type Team } from './team'
import { readTerritory, type Territory } from './territory'
import { readTheme, type Theme } from './theme'
import { readTicket, type Ticket } from './ticket'
import { readVisit, type Visit } from './visit'
import { readVoice, type Voice } from './voice'

/** The nouns a phone knows by name, each with its type. */
export interface Shapes {
  organization: Organization
  member: Member
  team: Team
  territory: Territory
  product: Product
  customer: Customer
  site: Site
  contact: Contact
  asset: Asset
  conflict: Conflict
  visit: Visit
  commitment: Commitment
  comment: Comment
  theme: Theme
  need: Need
  tally: Tally
  voice: Voice
  question: Question
  asking: Asking
  answer: Answer
  joining: Joining
  reply: Reply
  notification: Notification
  preference: Preference
  chip: Chip
  business_calendar: BusinessCalendar
  sla_policy: SlaPolicy
  ticket: Ticket
  cause: Cause
  message: Message
  help: Help
}

export type ShapeName = keyof Shapes

/** A row of the base as it is kept: fields untouched, so that nothing a later version needs is lost. */
export interface Row {
  id: string
  rv: string
  /** streams the row is seen in; with none left it goes */
  s: string[]
  /** generation: which first sync it came with */
  g: number
  f: Fields
}

type Readers = { readonly [Name in ShapeName]: (id: string, f: Fields) => Shapes[Name] }

export const READERS: Readers = {
  organization: readOrganization,
  member: readMember,
  team: readTeam,
  territory: readTerritory,
  product: readProduct,
  customer: readCustomer,
  site: readSite,
  contact: readContact,
  asset: readAsset,
  conflict: readConflict,
  visit: readVisit,
  commitment: readCommitment,
  comment: readComment,
  theme: readTheme,
  need: readNeed,
  tally: readTally,
  voice: readVoice,
  question: readQuestion,
  asking: readAsking,
  answer: readAnswer,
  joining: readJoining,
  reply: readReply,
  notification: readNotification,
  preference: readPreference,
  chip: readChip,
  business_calendar: readBusinessCalendar,
  sla_policy: readSlaPolicy,
  ticket: readTicket,
  cause: readCause,
  message: readMessage,
  help: readHelp,
}

export const SHAPE_NAMES = Object.keys(READERS) as readonly ShapeName[]

export function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(READERS, name)
}

export function readRow<Name extends ShapeName>(name: Name, row: Pick<Row, 'id' | 'f'>): Shapes[Name] {
  return READERS[name](row.id, row.f)
}
