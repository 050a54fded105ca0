import type { Kept, Rate, TicketFigures } from '../shapes/ticketFigures'
import type { TicketWords } from './words/tickets.svelte'

/** By what kept promises and recurrences are counted. */
export const KEPT_BY = ['customer', 'member', 'cause'] as const
export type KeptBy = (typeof KEPT_BY)[number]
export const AGAIN_BY = ['cause', 'category', 'product', 'team'] as const
export type AgainBy = (typeof AGAIN_BY)[number]

/** One bar with its numbers beside it. */
export interface FigureLine {
  key: string
  name: string
  /** of one; undefined where there is nothing to divide by */
  share: number | undefined
  told: string
  details: string
  /** The longer, the worse. */
  isBad: boolean
}

interface Speaker {
  count(n: number): string
  percent(share: number): string
}

interface Wanted {
  keptBy: KeptBy
  againBy: AgainBy
}

type NameOf = (id: string | null) => string

function keptLine(row: Kept, nameOf: NameOf, { figures }: TicketWords, say: Speaker): FigureLine {
  const [response, resolution] = [row.response_met + row.response_missed, row.resolution_met + row.resolution_missed]
  const all = response + resolution
  const share = all === 0 ? undefined : (row.response_met + row.resolution_met) / all
  const details = [
    response > 0 ? figures.response(say.count(row.response_met), say.count(response)) : '',
    resolution > 0 ? figures.resolution(say.count(row.resolution_met), say.count(resolution)) : '',
  ]
  const told = share === undefined ? figures.noPromise : figures.keptRate(say.percent(share))
  return { key: row.id ?? '', name: nameOf(row.id), share, told, details: details.filter(Boolean).join(' · '), isBad: false }
}

function againLine(row: Rate, nameOf: NameOf, { figures }: TicketWords, say: Speaker): FigureLine {
  const share = row.tickets === 0 ? undefined : row.recurrences / row.tickets
  return {
    key: row.id ?? '',
    name: nameOf(row.id),
    share,
    told: figures.againRate(say.percent(share ?? 0)),
    details: figures.of(say.count(row.recurrences), say.count(row.tickets)),
    isBad: true,
  }
}

/** The rows of both tables, in the order of the server: what needs somebody first. */
export function figureLines(figures: TicketFigures, { keptBy, againBy }: Wanted, nameOf: NameOf, words: TicketWords, say: Speaker): { kept: FigureLine[]; again: FigureLine[] } {
  return {
    kept: figures[`kept_by_${keptBy}`].map((row) => keptLine(row, nameOf, words, say)),
    again: figures[`again_by_${againBy}`].map((row) => againLine(row, nameOf, words, say)),
  }
}
