import type { Cause, CauseState } from '../shapes/cause'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('cause', row)

export async function causesOfCustomer(db: Phone, customer: string): Promise<Cause[]> {
  return (await db.cause.where('f.customer').equals(customer).toArray()).map(read)
}

export async function causesInStates(db: Phone, states: readonly CauseState[]): Promise<Cause[]> {
  return (await db.cause.where('f.state').anyOf([...states]).toArray()).map(read)
}
