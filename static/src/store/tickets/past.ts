import type { Phone } from '../../db/schema'
import { newestInState, ticketsOf } from '../../db/tickets'
import type { Chip } from '../../shapes/chip'
import type { Member } from '../../shapes/member'
import type { Ticket } from '../../shapes/ticket'
import { liveRead, type Live } from '../live'
import { AlikeIndex } from '../needs/alike'
import { Reader } from '../needs/reader'
import { compare } from '../order'
import { present } from '../present'
import type { TicketLine } from './lines'
import { chipsById, ticketLines } from './ticketLines'

/** What is to be solved now. */
export interface Trouble {
  customer?: string
  asset?: string | null
  causeChip?: string | null
  category?: string | null
  text?: string
}

/** What helped once. */
export interface PastLine extends TicketLine {
  /** why it is shown, the strongest reason */
  reason: 'asset' | 'cause' | 'category' | 'words'
  causeChip?: Chip
  fixChip?: Chip
  solver?: Member
  /** the same happened again afterwards */
  cameBack: boolean
}

const MOST_SHOWN = 10
/** As far back as is looked: what was solved before seldom helps, and a phone holds many. */
const MOST_READ = 1_000
/** Less in common than this is chance. */
const LEAST_LIKENESS = 0.2
const REASONS = ['asset', 'cause', 'category', 'words'] as const

interface Candidate {
  ticket: Ticket
  reason: PastLine['reason']
  likeness: number
}

/** Says what was done. */
function isTelling({ resolution, fix_chip, withdrawn_at, state }: Ticket): boolean {
  return withdrawn_at === null && (state === 'solved' || state === 'closed') && (resolution !== '' || fix_chip !== null)
}

async function solvedTickets(reader: Reader, asset: string | null): Promise<Ticket[]> {
  const { db } = reader
  const newest = [...(await newestInState(db, 'solved', MOST_READ)), ...(await newestInState(db, 'closed', MOST_READ))]
  const ofAsset = asset === null ? [] : await ticketsOf(db, 'asset', [asset])
  return reader.over('ticket', [...newest, ...ofAsset], isTelling)
}

function likenesses(tickets: readonly Ticket[], text: string): Map<string, number> {
  const index = new AlikeIndex()
  if (text !== '') for (const ticket of tickets) index.put(ticket.id, [ticket.text])
  return new Map(index.suggest(text, tickets.length).map(({ id, score }) => [id, score]))
}

function reasonOf(ticket: Ticket, { asset, causeChip, category }: Trouble, likeness: number): PastLine['reason'] | undefined {
  if (asset != null && ticket.asset === asset) return 'asset'
  if (causeChip != null && ticket.cause_chip === causeChip) return 'cause'
  if (category != null && ticket.category === category) return 'category'
  return likeness >= LEAST_LIKENESS ? 'words' : undefined
}

/** Within one reason what is said alike, then what happened at the same customer, then the newest. */
function bestFirst(customer: string | undefined): (a: Candidate, b: Candidate) => number {
  const isThere = ({ ticket }: Candidate) => Number(ticket.customer === customer)
  return (a, b) =>
    REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) ||
    b.likeness - a.likeness ||
    isThere(b) - isThere(a) ||
    compare(b.ticket.solved_at ?? '', a.ticket.solved_at ?? '') ||
    compare(b.ticket.id, a.ticket.id)
}

function candidates(tickets: readonly Ticket[], trouble: Trouble): Candidate[] {
  const likeness = likenesses(tickets, trouble.text ?? '')
  const found = tickets.flatMap((ticket): Candidate[] => {
    const score = likeness.get(ticket.id) ?? 0
    const reason = reasonOf(ticket, trouble, score)
    return reason === undefined ? [] : [{ ticket, reason, likeness: score }]
  })
  return found.sort(bestFirst(trouble.customer)).slice(0, MOST_SHOWN)
}

/** Causes → when the last ticket was told that was the same again. */
async function lastAgain(reader: Reader, tickets: readonly Ticket[]): Promise<Map<string, string>> {
  const causes = [...new Set(tickets.flatMap((ticket) => ticket.cause ?? []))]
  const isAgain = (ticket: Ticket) => ticket.is_recurrence && ticket.withdrawn_at === null && causes.includes(ticket.cause ?? '')
  const last = new Map<string, string>()
  for (const { cause, made_at } of reader.over('ticket', await ticketsOf(reader.db, 'cause', causes), isAgain)) {
    const at = new Date(made_at).toISOString()
    if (cause !== null && at > (last.get(cause) ?? '')) last.set(cause, at)
  }
  return last
}

async function readPast(db: Phone, trouble: Trouble): Promise<PastLine[]> {
  const reader = await Reader.at(db)
  const found = candidates(await solvedTickets(reader, trouble.asset ?? null), trouble)
  const tickets = found.map(({ ticket }) => ticket)
  const chips = await chipsById(reader, tickets.flatMap(({ cause_chip, fix_chip }) => [cause_chip, fix_chip]))
  const again = await lastAgain(reader, tickets)
  return (await ticketLines(reader, tickets)).map((line, at) => ({
    ...line,
    reason: found[at]!.reason,
    cameBack: (again.get(line.ticket.cause ?? '') ?? '') > (line.ticket.solved_at ?? '~'),
    ...present<Pick<PastLine, 'causeChip' | 'fixChip' | 'solver'>>({
      causeChip: chips.get(line.ticket.cause_chip ?? ''),
      fixChip: chips.get(line.ticket.fix_chip ?? ''),
      solver: reader.member(line.ticket.solved_by),
    }),
  }))
}

/** What helped before, best first: at the same asset, with the same cause, of the same category, or told in alike words. */
export function pastSolutions(trouble: Trouble): Live<PastLine[] | undefined> {
  return liveRead((db) => readPast(db, trouble))
}
