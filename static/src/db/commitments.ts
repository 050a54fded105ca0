import type { Commitment } from '../shapes/commitment'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('commitment', row)

export async function commitmentsById(db: Phone, ids: readonly string[]): Promise<Commitment[]> {
  const rows = await db.commitment.bulkGet([...ids])
  return rows.flatMap((row) => (row === undefined ? [] : [read(row)]))
}

export async function commitmentsOfVisits(db: Phone, visits: readonly string[]): Promise<Commitment[]> {
  return (await db.commitment.where('f.visit').anyOf([...visits]).toArray()).map(read)
}

export async function commitmentsOfCustomer(db: Phone, customer: string): Promise<Commitment[]> {
  return (await db.commitment.where('f.customer').equals(customer).toArray()).map(read)
}

/** Open commitments of a member due on a day or before, the oldest first. */
export async function commitmentsDue(db: Phone, member: string, day: string): Promise<Commitment[]> {
  const rows = await db.commitment
    .where('[f.state+f.due_on]')
    .between(['open', ''], ['open', day], true, true)
    .filter((row) => row.f.member === member)
    .toArray()
  return rows.map(read)
}
