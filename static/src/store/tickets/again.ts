import { causesOfCustomer } from '../../db/causes'
import type { Phone } from '../../db/schema'
import { ticketsOf } from '../../db/tickets'
import { isWatchedOn, type Cause } from '../../shapes/cause'
import type { Ticket } from '../../shapes/ticket'
import { liveRead, type Live } from '../live'
import { AlikeIndex } from '../needs/alike'
import { Reader } from '../needs/reader'
import { compare } from '../order'
import { causeLines } from './causeLines'
import type { CauseLine } from './lines'

/** What is about to be told. */
export interface Told {
  customer: string
  site?: string | null
  asset?: string | null
  causeChip?: string | null
  category?: string | null
  text?: string
  /** the day on which it happened, by the organization's calendar */
  day: string
}

/** A cause that may have come back. */
export interface AgainLine extends CauseLine {
  /** what both have in common, the closest */
  place: 'asset' | 'site' | 'customer'
  isSameChip: boolean
  /** 0 nothing in common, 1 the same words */
  likeness: number
}

const MOST_PROPOSED = 3
/** Less in common than this is another matter. */
const LEAST_LIKENESS = 0.25
const PLACES = ['asset', 'site', 'customer'] as const

function placeOf({ site, asset }: Cause, told: Told): AgainLine['place'] {
  if (asset !== null && asset === told.asset) return 'asset'
  return site !== null && site === told.site ? 'site' : 'customer'
}

/** By what is known of a cause: its own words, and what was told each time. */
function likenesses(causes: readonly Cause[], tickets: readonly Ticket[], text: string): Map<string, number> {
  const index = new AlikeIndex()
  for (const { id, text: why } of causes) index.put(id, [why, ...tickets.filter(({ cause }) => cause === id).map((ticket) => ticket.text)])
  return new Map(index.suggest(text, causes.length).map(({ id, score }) => [id, score]))
}

/** The same asset before the same site before the customer; then the same chip, the same category, and words. */
function closestFirst(a: AgainLine & { isSameCategory: boolean }, b: AgainLine & { isSameCategory: boolean }): number {
  return (
    PLACES.indexOf(a.place) - PLACES.indexOf(b.place) ||
    Number(b.isSameChip) - Number(a.isSameChip) ||
    Number(b.isSameCategory) - Number(a.isSameCategory) ||
    b.likeness - a.likeness ||
    compare(b.cause.id, a.cause.id)
  )
}

async function readAgain(db: Phone, told: Told): Promise<AgainLine[]> {
  const { customer, causeChip = null, category = null, text = '', day } = told
  const reader = await Reader.at(db)
  const isPossible = (cause: Cause) => cause.customer === customer && isWatchedOn(cause, day)
  const causes = reader.over('cause', await causesOfCustomer(db, customer), isPossible)
  const ids = causes.map((cause) => cause.id)
  const isStanding = (ticket: Ticket) => ticket.withdrawn_at === null && ids.includes(ticket.cause ?? '')
  const tickets = reader.over('ticket', await ticketsOf(db, 'cause', ids), isStanding)
  const likeness = likenesses(causes, tickets, text)
  const lines = (await causeLines(reader, causes)).map((line) => ({
    ...line,
    place: placeOf(line.cause, told),
    isSameChip: causeChip !== null && line.cause.chip === causeChip,
    isSameCategory: category !== null && tickets.some((ticket) => ticket.cause === line.cause.id && ticket.category === category),
    likeness: likeness.get(line.cause.id) ?? 0,
  }))
  const alike = lines.filter((line) => line.isSameChip || line.likeness >= LEAST_LIKENESS)
  return alike.sort(closestFirst).slice(0, MOST_PROPOSED).map(({ isSameCategory: _, ...line }) => line)
}

/** Causes at this customer whose watch window takes in the day, and which this may be again: the closest first. */
export function sameAgain(told: Told): Live<AgainLine[] | undefined> {
  return liveRead((db) => readAgain(db, told))
}
