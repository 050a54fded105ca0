import { readRow, type Row } from '../shapes/row'
import type { Voice } from '../shapes/voice'
import type { Phone } from './schema'

const read = (row: Row) => readRow('voice', row)

export async function voicesOfNeeds(db: Phone, needs: readonly string[]): Promise<Voice[]> {
  return (await db.voice.where('f.need').anyOf([...needs]).toArray()).map(read)
}

export async function voicesOfCustomer(db: Phone, customer: string): Promise<Voice[]> {
  return (await db.voice.where('f.customer').equals(customer).toArray()).map(read)
}

/** What somebody was seen to do: only an observation has a sign. */
export async function observedVoices(db: Phone): Promise<Voice[]> {
  return (await db.voice.where('f.sign').above('').toArray()).map(read)
}
