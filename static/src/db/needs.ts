import type { Need } from '../shapes/need'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('need', row)

export async function allNeeds(db: Phone): Promise<Need[]> {
  return (await db.need.toArray()).map(read)
}

/** Needs that nobody has given a title yet. */
export async function untitledNeeds(db: Phone): Promise<Need[]> {
  return (await db.need.where('f.title').equals('').toArray()).map(read)
}

/** These needs with everything they are grouped under and everything that is grouped under those. */
export async function needsAround(db: Phone, ids: readonly string[]): Promise<Need[]> {
  const found = new Map<string, Need>()
  await follow(found, [...ids], async (level) => {
    const needs = (await db.need.bulkGet(level)).flatMap((row) => (row === undefined ? [] : [read(row)]))
    return { needs, next: needs.flatMap((need) => need.merged_into ?? []) }
  })
  await follow(found, [...found.keys()], async (level) => {
    const needs = (await db.need.where('f.merged_into').anyOf(level).toArray()).map(read)
    return { needs, next: needs.map((need) => need.id) }
  })
  return [...found.values()]
}

type Level = (ids: string[]) => Promise<{ needs: Need[]; next: string[] }>

/** Level by level, each need once. */
async function follow(found: Map<string, Need>, start: string[], ask: Level): Promise<void> {
  const asked = new Set<string>()
  for (let level = start; level.length > 0; ) {
    level.forEach((id) => asked.add(id))
    const { needs, next } = await ask(level)
    for (const need of needs) found.set(need.id, need)
    level = [...new Set(next)].filter((id) => !asked.has(id))
  }
}
