import { readRow } from '../shapes/row'
import type { Chip, Sort } from '../shapes/chip'
import type { Phone } from './schema'

export async function chipsOfSort(db: Phone, sort: Sort): Promise<Chip[]> {
  return (await db.chip.where('f.sort').equals(sort).toArray()).map((row) => readRow('chip', row))
}
