import type { Chip } from '../shapes/chip'
import type { Entry } from '../shapes/entry'
import type { Member } from '../shapes/member'
import type { Product } from '../shapes/product'
import type { Shapes } from '../shapes/row'
import { dayOf } from '../shapes/time'
import { LAID, type Changed, type Coming, type Ground, type LaidName } from './ground'
import { reduce } from './reduce'
import { coverage, type People } from './rights'

/** Base rows that the waiting entries speak of. */
export interface Base extends People {
  actor: Member
  rows: { readonly [Name in LaidName]: readonly Shapes[Name][] }
  territories: ReadonlySet<string>
  products: ReadonlyMap<string, Product>
  chips: ReadonlyMap<string, Chip>
  /** of the organization */
  timeZone: string
}

type Maps = { readonly [Name in LaidName]: Map<string, Shapes[Name]> }

/** Rows that differ from the base while entries wait, and what will clash. */
export interface Overlay extends Maps {
  clashes: Coming[]
}

function maps(): Maps {
  return Object.fromEntries(LAID.map((name) => [name, new Map()])) as unknown as Maps
}

export function emptyOverlay(): Overlay {
  return { ...maps(), clashes: [] }
}

/** The changed rows of one noun. */
export function rowsOf<Name extends LaidName>(of: Maps, name: Name): Map<string, Shapes[Name]> {
  return of[name] as Maps[LaidName] as Map<string, Shapes[Name]>
}

function put<Name extends LaidName>(into: Maps, name: Name, rows: readonly Shapes[Name][] | undefined): void {
  rows?.forEach((row) => rowsOf(into, name).set(row.id, row))
}

function groundOf({ actor, members, teams, territories, products, chips, timeZone }: Base, base: Maps, overlay: Overlay): Ground {
  const covers = coverage(actor, { members, teams })
  const looking = LAID.map((name) => [name, (id: string) => overlay[name].get(id) ?? base[name].get(id)])
  return {
    ...(Object.fromEntries(looking) as Pick<Ground, LaidName>),
    actor,
    all: (name) => [...new Map([...rowsOf(base, name), ...rowsOf(overlay, name)]).values()],
    product: (id) => products.get(id),
    chip: (id) => chips.get(id),
    member: (id) => members.get(id),
    team: (id) => teams.get(id),
    covers,
    mayFile: (territory) => territories.has(territory) && covers(territory),
    dayOf: (at) => dayOf(at, timeZone),
  }
}

function add(overlay: Overlay, changed: Changed): void {
  for (const name of LAID) put(overlay, name, changed[name])
  overlay.clashes.push(...(changed.clashes ?? []))
}

/** Base rows and waiting entries, in order of n, give the rows as the server will render them. */
export function lay(base: Base, entries: readonly Entry[]): Overlay {
  const overlay = emptyOverlay()
  const before = maps()
  for (const name of LAID) put(before, name, base.rows[name])
  const ground = groundOf(base, before, overlay)
  for (const entry of entries) add(overlay, reduce(entry, ground))
  return overlay
}
