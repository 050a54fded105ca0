import { byId } from '../../db/read'
import type { Phone } from '../../db/schema'
import type { TicketFigures } from '../../shapes/ticketFigures'
import { liveRead, type Live } from '../live'

/** Nouns that tickets are counted by. */
const NOUNS = ['customer', 'member', 'chip', 'product', 'team'] as const

function idsOf(figures: TicketFigures | undefined): string[] {
  const lists = Object.values(figures ?? {}).flatMap((value: unknown) => (Array.isArray(value) ? (value as { id: string | null }[]) : []))
  return [...new Set(lists.flatMap(({ id }) => id ?? []))]
}

async function readNames(db: Phone, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(NOUNS.map(async (noun) => byId(db, noun, ids)))
  return new Map(found.flatMap((rows) => [...rows].map(([id, { name }]) => [id, name] as const)))
}

/** The name of everything figures are counted by, as far as this phone holds it. */
export function namesOfFigures(figures: TicketFigures | undefined): Live<Map<string, string> | undefined> {
  return liveRead((db) => readNames(db, idsOf(figures)))
}
