/** Base rows with the changed ones in their place, and those that only the overlay makes. */
export function over<T extends { id: string }>(base: readonly T[], changed: ReadonlyMap<string, T>, isWanted: (row: T) => boolean): T[] {
  const rows = new Map(base.map((row) => [row.id, row]))
  for (const [id, row] of changed) rows.set(id, row)
  return [...rows.values()].filter(isWanted)
}
