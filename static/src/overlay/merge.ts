import { groupsOf, isGuarded, type SharedName, type Values } from '../shapes/shared'

/** Two people set the same field to different values, neither having seen the other's. Values in the order of `names`. */
export interface Clash {
  names: string[]
  base: unknown[]
  mine: unknown[]
  theirs: unknown[]
  kept: 'mine' | 'theirs'
}

export interface Merged {
  /** what to write */
  values: Values
  clashes: Clash[]
}

function isSame(first: readonly unknown[], second: readonly unknown[]): boolean {
  return first.every((value, at) => value === second[at])
}

/**
 * What becomes of `wanted` on a row that holds `current`, the server's three-way merge once more. What nobody else has
 * touched since it was seen is taken, what others made the same needs nothing, and all else is a clash.
 */
export function merge(shape: SharedName, current: Values, seen: Values, wanted: Values): Merged {
  const values: Record<string, unknown> = {}
  const clashes: Clash[] = []
  for (const names of groupsOf(shape, Object.keys(wanted))) {
    const base = names.map((name) => seen[name])
    const theirs = names.map((name) => current[name])
    const mine = names.map((name) => (Object.hasOwn(wanted, name) ? wanted[name] : seen[name]))
    if (isSame(mine, theirs) || isSame(mine, base)) continue
    const isClash = !isSame(theirs, base)
    const isKept = !isClash || !isGuarded(shape, names)
    if (isKept) names.forEach((name, at) => (values[name] = mine[at]))
    if (isClash) clashes.push({ names, base, mine, theirs, kept: isKept ? 'mine' : 'theirs' })
  }
  return { values, clashes }
}
