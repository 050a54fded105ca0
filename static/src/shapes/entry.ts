import type { AnswerValue } from './answer'
import type { Asset } from './asset'
import type { Cause } from './cause'
import type { Step } from './commitment'
import type { Choice } from './conflict'
import type { Contact } from './contact'
import type { Customer } from './customer'
import { isFields, type Fields } from './fields'
import type { Audience } from './message'
import type { Need } from './need'
import type { Mail } from './notification'
import type { ReplyAnswer } from './reply'
import type { Site } from './site'
import type { Review, Severity, Ticket, WaitsFor } from './ticket'
import type { Channel, Outcome } from './visit'
import type { How, Sign } from './voice'

export interface Position {
  latitude: number
  longitude: number
  /** metres */
  accuracy: number
  /** seconds between the fix and the tap */
  age_s: number
}

export interface NextStep {
  commitment: string
  step: Step
  due_on: string
  text?: string
}

/** Of which customer something was heard or seen, and what is known besides. */
export interface Heard {
  customer: string
  site?: string | null
  visit?: string | null
  contact?: string | null
  product?: string | null
}

export type AssetFields = Omit<Asset, 'id' | 'customer' | 'is_removed'>

export type NeedFields = Pick<Need, 'title' | 'theme' | 'product' | 'memo' | 'answer' | 'customer_text'>

export type TicketFields = Pick<
  Ticket,
  'text' | 'severity' | 'site' | 'asset' | 'product' | 'contact' | 'category' | 'part_of' | 'cause_chip' | 'fix_chip' | 'resolution'
>

/** Why it happened, what was done against it, and until when that is watched. */
export interface FoundOut {
  chip?: string | null
  text?: string
  countermeasure?: string
  /** day; 90 days from today where nothing is said */
  watch_until?: string | null
}

/** Everything a phone may say, with what it says it of. Named `noun.verb`. */
export interface KindArgs {
  'visit.plan': {
    visit: string
    customer: string
    site?: string | null
    planned_for: string
    planned_time?: string | null
    channel?: Channel
    contact?: string | null
    plan_note?: string
  }
  'visit.cancel': { visit: string }
  'visit.arrive': {
    visit: string
    customer: string
    site?: string | null
    channel?: Channel
    position?: Position | null
  }
  'visit.log': {
    visit: string
    customer: string
    site?: string | null
    outcome: Outcome
    channel?: Channel
    note?: string
    contact?: string | null
    product?: string | null
    minutes?: number | null
    next_step?: NextStep | null
  }
  'visit.amend': {
    visit: string
    outcome?: Outcome
    note?: string
    contact?: string | null
    product?: string | null
    minutes?: number
    reason?: string
  }
  'visit.withdraw': { visit: string; reason?: string }
  'commitment.make': {
    commitment: string
    customer: string
    visit?: string | null
    step: Step
    text?: string
    due_on: string
  }
  'commitment.keep': { commitment: string; note?: string }
  'commitment.move': { commitment: string; due_on: string; reason?: string }
  'comment.add': { comment: string; visit: string; text: string }
  'comment.withdraw': { comment: string }
  'customer.change': { customer: string } & Partial<Omit<Customer, 'id'>>
  'customer.restore': { customer: string }
  'site.change': { site: string } & Partial<Omit<Site, 'id' | 'customer'>>
  'site.restore': { site: string }
  'contact.change': { contact: string } & Partial<Omit<Contact, 'id' | 'customer'>>
  'contact.restore': { contact: string }
  'asset.add': { asset: string; customer: string } & Partial<AssetFields>
  'asset.change': { asset: string } & Partial<AssetFields>
  'asset.remove': { asset: string }
  'asset.restore': { asset: string }
  'conflict.resolve': { conflict: string; choice: Choice; note?: string }
  'need.note': {
    need: string
    voice: string
    text: string
    how?: How
    importance?: number | null
    theme?: string | null
  } & Heard
  'need.change': { need: string } & Partial<NeedFields>
  'need.take': { need: string }
  'need.hand_over': { need: string; owner: string | null }
  'need.confirm': { need: string; customer: string; note?: string }
  'need.accept': { need: string; note?: string }
  'need.decline': { need: string; reason: string; customer_text?: string }
  'need.build': { need: string; note?: string; customer_text?: string }
  'need.merge': { need: string; into: string }
  'need.unmerge': { need: string }
  'voice.observe': { voice: string; need?: string | null; sign: Sign; text?: string } & Heard
  'voice.amend': {
    voice: string
    text?: string
    how?: How
    importance?: number | null
    contact?: string | null
    product?: string | null
  }
  'voice.withdraw': { voice: string }
  'voice.place': { voice: string; need: string | null }
  'theme.add': { theme: string; name: string }
  'theme.rename': { theme: string; name: string }
  'theme.remove': { theme: string }
  'theme.restore': { theme: string }
  'question.ask': { question: string; need: string; text: string; customers: { asking: string; customer: string }[] }
  'question.withdraw': { question: string }
  'asking.answer': { answer: string; asking: string; value: AnswerValue; line?: string; visit?: string | null }
  'joining.ask': { joining: string; visit: string; need?: string | null; note?: string }
  'joining.accept': { joining: string; note?: string }
  'joining.refuse': { joining: string; note?: string }
  'joining.withdraw': { joining: string }
  'reply.edit': { reply: string; text: string }
  'reply.tell': { reply: string; text?: string; visit?: string | null }
  'reply.answer': { reply: string; value: ReplyAnswer; line?: string; contact?: string | null; visit?: string | null }
  'notification.read': { notification: string }
  /** that one and everything before it */
  'notification.read_all': { until: string }
  'preference.set': {
    mails?: Readonly<Record<string, Mail>>
    digest_at?: string
    quiet_from?: string | null
    quiet_to?: string | null
  }
  'ticket.open': {
    ticket: string
    customer: string
    text: string
    severity?: Severity
    site?: string | null
    asset?: string | null
    product?: string | null
    contact?: string | null
    visit?: string | null
    category?: string | null
    assignee?: string | null
    part_of?: string | null
    /** the same as this cause */
    again?: string | null
  }
  'ticket.change': { ticket: string } & Partial<TicketFields>
  'ticket.take': { ticket: string }
  'ticket.assign': { ticket: string; assignee: string | null; note?: string }
  'ticket.wait': { ticket: string; waits_for: WaitsFor; note?: string }
  'ticket.resume': { ticket: string; note?: string }
  'ticket.solve': {
    ticket: string
    cause_chip?: string | null
    fix_chip?: string | null
    resolution?: string
    visit?: string | null
    is_solved_on_visit?: boolean
  }
  'ticket.reopen': { ticket: string; note?: string }
  'ticket.close': { ticket: string; cause: string; is_finding?: boolean } & FoundOut
  'ticket.withdraw': { ticket: string }
  'ticket.watch': { ticket: string }
  'ticket.unwatch': { ticket: string }
  'ticket.link': { ticket: string; other: string }
  'ticket.unlink': { ticket: string; other: string }
  'ticket.again': { ticket: string; cause: string }
  'ticket.acknowledge': { ticket: string }
  'ticket.review': { ticket: string; step: string; review: Review }
  'message.write': { message: string; ticket: string; audience: Audience; text: string }
  'message.withdraw': { message: string }
  'help.ask': { help: string; ticket: string; engineer: string; text: string }
  'help.answer': { help: string; answer: string }
  'help.withdraw': { help: string }
  'cause.settle': { cause: string } & FoundOut
  'cause.change': { cause: string } & Partial<Pick<Cause, 'chip' | 'text' | 'countermeasure'>>
  'entry.retry': { entry: string }
  'entry.discard': { entry: string }
}

export type Kind = keyof KindArgs

/** One thing a phone wrote. Its text is stored and sent byte for byte. */
export interface EntryOf<K extends Kind> {
  id: string
  kind: K
  v: 1
  /** phone time with its offset */
  at: string
  tz: string
  /** milliseconds of the page's monotonic clock */
  mono: number
  args: KindArgs[K]
  /** what the person saw of each field that is changed: the base and what was pending */
  from?: Fields
  /** open entries of this phone that this one rests on */
  after?: string[]
  /** the parked entry this one replaces */
  supersedes?: string
}

export type Entry = { [K in Kind]: EntryOf<K> }[Kind]

/** Entry text in the key order of the protocol; keys without a value are left out. */
export function writeEntry(entry: Entry): string {
  const { id, kind, v, at, tz, mono, args, from, after, supersedes } = entry
  return JSON.stringify({ id, kind, v, at, tz, mono, args, from, after, supersedes })
}

/** The entry of a stored text, or undefined when no version of this app wrote it. */
export function readEntry(text: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isEntry = isFields(value) && typeof value.id === 'string' && typeof value.kind === 'string' && isFields(value.args)
    return isEntry ? (value as unknown as Entry) : undefined
  } catch {
    return undefined
  }
}

/** A text or id among the arguments, by its name on the wire. */
export function argOf({ args }: Entry, key: string): string | undefined {
  const value = (args as unknown as Fields)[key]
  return typeof value === 'string' ? value : undefined
}
