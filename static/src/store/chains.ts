import type { JournalRow } from '../db/schema'

/** The entry that one which was put aside waits for. */
export function waitsFor(journal: JournalRow): string | undefined {
  const entry = journal.state === 'parked' && journal.code === 'waits_for' ? journal.params.entry : undefined
  return typeof entry === 'string' ? entry : undefined
}

/** Entry → how many wait for it, directly or for one that does. */
export function countWaiting(journal: readonly JournalRow[]): Map<string, number> {
  const next = new Map(journal.flatMap((row) => (waitsFor(row) === undefined ? [] : [[row.id, waitsFor(row)!] as const])))
  const counts = new Map<string, number>()
  for (const first of next.keys()) {
    const passed = new Set<string>()
    for (let id = next.get(first); id !== undefined && !passed.has(id); id = next.get(id)) {
      passed.add(id)
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return counts
}
