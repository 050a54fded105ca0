import { chipsOfSort } from '../../db/chips'
import type { Phone } from '../../db/schema'
import { ticketsOf } from '../../db/tickets'
import type { Chip, Sort } from '../../shapes/chip'
import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'
import { compare } from '../order'

/** Where a ticket has a chip of each sort, and who put it there. */
const PLACES = {
  category: { field: 'category', by: 'member' },
  cause: { field: 'cause_chip', by: 'solved_by' },
  fix: { field: 'fix_chip', by: 'solved_by' },
} as const

/** Chip → how often I used it. */
async function usesOf(reader: Reader, sort: Sort): Promise<Map<string, number>> {
  const { field, by } = PLACES[sort]
  const me = reader.actor.id
  const mine = reader.over('ticket', await ticketsOf(reader.db, by, [me]), (ticket) => ticket[by] === me)
  const uses = new Map<string, number>()
  for (const { [field]: chip } of mine) if (chip !== null) uses.set(chip, (uses.get(chip) ?? 0) + 1)
  return uses
}

async function readChips(db: Phone, sort: Sort): Promise<Chip[]> {
  const uses = await usesOf(await Reader.at(db), sort)
  const used = ({ id }: Chip) => uses.get(id) ?? 0
  return (await chipsOfSort(db, sort)).sort((a, b) => used(b) - used(a) || a.place - b.place || compare(a.name, b.name))
}

/** Chips to choose from: those I use most come first, then in the order of the organization. */
export function chipsOf(sort: Sort): Live<Chip[] | undefined> {
  return liveRead((db) => readChips(db, sort))
}
