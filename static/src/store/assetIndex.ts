import type { Asset } from '../shapes/asset'
import { fold, initialsOf, matcher } from './hangul'
import { byName } from './order'

interface Text {
  folded: string
  initials: string
}

interface Kept {
  asset: Asset
  name: Text
  serial: Text
  tag: Text
  /** everything of it in one text: most assets are ruled out by one look */
  whole: Text
}

function textOf(folded: string): Text {
  return { folded, initials: initialsOf(folded) }
}

/** Numbers are read off a machine with and without their hyphens. */
function foldNumber(value: string): string {
  return fold(value).replace(/[^\p{L}\p{N}]/gu, '')
}

function keep(asset: Asset): Kept {
  const [name, serial, tag] = [fold(asset.name), foldNumber(asset.serial), foldNumber(asset.tag)]
  // A line break stands between the parts: no query holds one, so none reaches across.
  return { asset, name: textOf(name), serial: textOf(serial), tag: textOf(tag), whole: textOf([name, serial, tag].join('\n')) }
}

/** One word that was typed, as a name would have it and as a number would. */
interface Term {
  number: string
  inName: (text: Text) => number
  inNumber: (text: Text) => number
}

function termOf(typed: string): Term {
  const number = foldNumber(typed)
  const inName = matcher(typed)
  if (number === '') return { number, inName, inNumber: () => -1 }
  return { number, inName, inNumber: number === typed ? inName : matcher(number) }
}

/** Best first: the very label, the very serial, what begins with it, what holds it. undefined where it is nowhere. */
function rankOf({ name, serial, tag, whole }: Kept, { number, inName, inNumber }: Term): number | undefined {
  if (inName(whole) < 0 && (inNumber === inName || inNumber(whole) < 0)) return undefined
  if (number !== '' && number === tag.folded) return 0
  if (number !== '' && number === serial.folded) return 1
  const places = [inNumber(tag), inNumber(serial), inName(name)]
  const beginning = places.indexOf(0)
  if (beginning >= 0) return 2 + beginning
  const inside = places.findIndex((place) => place > 0)
  return inside < 0 ? undefined : 5 + inside
}

/** Every term must be found somewhere; the best place of any decides the rank. */
function bestOf(kept: Kept, terms: readonly Term[]): number | undefined {
  let best: number | undefined
  for (const term of terms) {
    const rank = rankOf(kept, term)
    if (rank === undefined) return undefined
    best = Math.min(best ?? rank, rank)
  }
  return best
}

type Ranked = [rank: number, asset: Asset]

/** All assets of the phone in memory, in order of name. */
export class AssetIndex {
  private readonly kept = new Map<string, Kept>()
  private readonly bySerial = new Map<string, Set<string>>()
  private ordered: Kept[] | undefined

  put(asset: Asset): void {
    this.remove(asset.id)
    const kept = keep(asset)
    this.kept.set(asset.id, kept)
    const { folded } = kept.serial
    if (folded !== '') this.bySerial.set(folded, (this.bySerial.get(folded) ?? new Set()).add(asset.id))
    this.ordered = undefined
  }

  remove(id: string): void {
    const kept = this.kept.get(id)
    if (kept === undefined) return
    this.kept.delete(id)
    const same = this.bySerial.get(kept.serial.folded)
    same?.delete(id)
    if (same?.size === 0) this.bySerial.delete(kept.serial.folded)
    this.ordered = undefined
  }

  get size(): number {
    return this.kept.size
  }

  /** Those that answer to what was typed, of one customer or of all; all of them for nothing. */
  query(typed: string, limit: number, customer?: string): Asset[] {
    const words = typed.split(/\s+/).map(fold).filter((word) => word !== '')
    const asked = customer === undefined ? this.all() : this.all().filter(({ asset }) => asset.customer === customer)
    if (words.length === 0) return asked.slice(0, limit).map(({ asset }) => asset)
    const terms = words.map(termOf)
    const whole = words.length > 1 ? [termOf(words.join(''))] : terms
    const ranked: Ranked[] = []
    for (const kept of asked) {
      const rank = bestOf(kept, whole) ?? (whole === terms ? undefined : bestOf(kept, terms))
      if (rank !== undefined) ranked.push([rank, kept.asset])
    }
    // The sort is stable, so equal ranks stay in order of name.
    return ranked.sort(([a], [b]) => a - b).slice(0, limit).map(([, asset]) => asset)
  }

  /** Those that bear this very serial number, however it is written. */
  withSerial(serial: string): Asset[] {
    const ids = [...(this.bySerial.get(foldNumber(serial)) ?? [])]
    return ids.flatMap((id) => this.kept.get(id)?.asset ?? [])
  }

  private all(): Kept[] {
    this.ordered ??= [...this.kept.values()].sort((a, b) => byName(a.asset, b.asset))
    return this.ordered
  }
}
