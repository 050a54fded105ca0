import type { Joining } from '../shapes/joining'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('joining', row)

/** They are matters of this member alone, so a phone holds few. */
export async function allJoinings(db: Phone): Promise<Joining[]> {
  return (await db.joining.toArray()).map(read)
}

export async function joiningsOfVisits(db: Phone, visits: readonly string[]): Promise<Joining[]> {
  return (await db.joining.where('f.visit').anyOf([...visits]).toArray()).map(read)
}
