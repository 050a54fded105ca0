import { allNeeds } from '../../db/needs'
import { allRows, byId } from '../../db/read'
import { groupOf } from '../../overlay/grouping'
import type { Need } from '../../shapes/need'
import { compare } from '../order'
import { present } from '../present'
import type { NeedLine } from './lines'
import type { Reader } from './reader'
import { weightAt } from './weight'

/** Every need of this phone as it is shown. */
export async function shownNeeds(reader: Reader): Promise<Need[]> {
  return reader.over('need', await allNeeds(reader.db), () => true)
}

/** Needs that speak for themselves, and for those that are grouped under them. */
export function headsOf(needs: readonly Need[]): Need[] {
  const held = new Set(needs.map((need) => need.id))
  return needs.filter((need) => need.merged_into === null || !held.has(need.merged_into))
}

/** `all` are those among which a need's group is counted. */
export async function needLines(reader: Reader, needs: readonly Need[], all: readonly Need[]): Promise<NeedLine[]> {
  const themes = await reader.byId('theme', needs.map((need) => need.theme))
  const products = await reader.products(needs.map((need) => need.product))
  const tallies = await byId(reader.db, 'tally', needs.map((need) => need.id))
  const undoable = await reader.undoable('need')
  const merged = all.filter((need) => need.merged_into !== null)
  return needs.map((need) => {
    const tally = tallies.get(need.id)
    return {
      need,
      ...reader.mark('need', need),
      weight: weightAt(tally, reader.now),
      merged: groupOf(need.id, merged).size - 1,
      ...present<Pick<NeedLine, 'theme' | 'product' | 'owner' | 'tally' | 'undoUntil'>>({
        theme: themes.get(need.theme ?? ''),
        product: products.get(need.product ?? ''),
        owner: reader.member(need.owner),
        tally,
        undoUntil: undoable.get(need.id),
      }),
    }
  })
}

/** When it was last heard, else when it was first written down. */
function heardAt({ need, tally }: NeedLine): string {
  return tally?.heard_at ?? new Date(need.made_at).toISOString()
}

export function lastHeardFirst(a: NeedLine, b: NeedLine): number {
  return compare(heardAt(b), heardAt(a)) || compare(b.need.id, a.need.id)
}

/** What was not added up yet comes as it was heard. */
export function heaviestFirst(a: NeedLine, b: NeedLine): number {
  return b.weight.weight - a.weight.weight || lastHeardFirst(a, b)
}

/** Themes that are in use or can be chosen. */
export async function shownThemes(reader: Reader) {
  const base = [...(await allRows(reader.db, 'theme')).values()]
  return reader.over('theme', base, (theme) => !theme.is_removed)
}
