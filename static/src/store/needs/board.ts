import type { Phone } from '../../db/schema'
import { STAGES, type Stage } from '../../shapes/need'
import type { Product } from '../../shapes/product'
import type { Theme } from '../../shapes/theme'
import { liveRead, type Live } from '../live'
import { compare } from '../order'
import { present } from '../present'
import { chosen, type NeedFilter, type NeedOrder } from './filter'
import type { NeedLine } from './lines'
import { headsOf, heaviestFirst, needLines, shownNeeds, shownThemes } from './needLines'
import { Reader } from './reader'

/** What was sorted, of one stage. */
export interface Column {
  stage: Stage
  needs: NeedLine[]
}

/** Needs that have something in common. */
interface Share {
  needs: NeedLine[]
  /** Distinct customers: at least as many as the one need with the most has, at most all of them together. */
  customers: { least: number; most: number }
  weight: number
}

export interface ThemeShare extends Share {
  /** absent for needs without one */
  theme?: Theme
}

export interface ProductShare extends Share {
  product?: Product
}

/** Sorted needs that speak for themselves. */
async function sortedLines(reader: Reader): Promise<NeedLine[]> {
  const all = await shownNeeds(reader)
  return needLines(reader, headsOf(all).filter((need) => need.title !== ''), all)
}

async function readList(db: Phone, filter: NeedFilter, order: NeedOrder): Promise<NeedLine[]> {
  const reader = await Reader.at(db)
  return chosen(await sortedLines(reader), filter, order, reader.actor.id)
}

/** Sorted needs that pass, in one list. */
export function needList(filter: NeedFilter, order: NeedOrder): Live<NeedLine[] | undefined> {
  return liveRead((db) => readList(db, filter, order))
}

/** Sorted needs that pass, by stage; every stage is there, in the order in which needs go through them. */
export function needBoard(filter: NeedFilter, order: NeedOrder): Live<Column[] | undefined> {
  return liveRead(async (db) => {
    const lines = await readList(db, filter, order)
    return STAGES.map((stage) => ({ stage, needs: lines.filter(({ need }) => need.stage === stage) }))
  })
}

function share(needs: NeedLine[]): Share {
  const counts = needs.map(({ tally }) => tally?.customers ?? 0)
  const customers = { least: Math.max(0, ...counts), most: counts.reduce((sum, count) => sum + count, 0) }
  return { needs: needs.sort(heaviestFirst), customers, weight: needs.reduce((sum, { weight }) => sum + weight.weight, 0) }
}

/** The heaviest first; what has nothing in common comes last. */
function heaviestShareFirst(a: Share & { name: string | undefined }, b: Share & { name: string | undefined }): number {
  const isLast = (one: { name: string | undefined }) => (one.name === undefined ? 1 : 0)
  return isLast(a) - isLast(b) || b.weight - a.weight || compare(a.name ?? '', b.name ?? '')
}

async function readThemes(db: Phone): Promise<ThemeShare[]> {
  const reader = await Reader.at(db)
  const lines = await sortedLines(reader)
  const themes = await shownThemes(reader)
  const known = new Set(themes.map((theme) => theme.id))
  const rest = lines.filter(({ need }) => !known.has(need.theme ?? ''))
  const shares = themes.map((theme) => ({ theme, name: theme.name, ...share(lines.filter(({ need }) => need.theme === theme.id)) }))
  const all = [...shares, ...(rest.length === 0 ? [] : [{ name: undefined, ...share(rest) }])]
  return all.sort(heaviestShareFirst).map(({ name: _, ...one }) => one)
}

async function readProducts(db: Phone): Promise<ProductShare[]> {
  const reader = await Reader.at(db)
  const lines = await sortedLines(reader)
  const products = new Map(lines.flatMap(({ product }) => (product === undefined ? [] : [[product.id, product] as const])))
  const shares = [undefined, ...products.values()].map((product) => ({
    name: product?.name,
    ...share(lines.filter((line) => line.product?.id === product?.id)),
    ...present<Pick<ProductShare, 'product'>>({ product }),
  }))
  return shares.filter(({ needs }) => needs.length > 0).sort(heaviestShareFirst).map(({ name: _, ...one }) => one)
}

/** Every theme with its needs, also one that has none yet. */
export const needThemes: Live<ThemeShare[] | undefined> = liveRead(readThemes)

/** Products that needs are about. */
export const needProducts: Live<ProductShare[] | undefined> = liveRead(readProducts)

/** Themes to choose from, by name. */
export const themeChoices: Live<Theme[] | undefined> = liveRead(async (db) =>
  (await shownThemes(await Reader.at(db))).sort((a, b) => compare(a.name, b.name)),
)
