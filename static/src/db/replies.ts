import type { Reply } from '../shapes/reply'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('reply', row)

export async function repliesOfNeeds(db: Phone, needs: readonly string[]): Promise<Reply[]> {
  return (await db.reply.where('f.need').anyOf([...needs]).toArray()).map(read)
}

export async function repliesOfCustomers(db: Phone, customers: readonly string[]): Promise<Reply[]> {
  return (await db.reply.where('f.customer').anyOf([...customers]).toArray()).map(read)
}

/** What a member has yet to tell customers. */
export async function repliesToTell(db: Phone, member: string): Promise<Reply[]> {
  return (await db.reply.where('[f.member+f.state]').equals([member, 'to_tell']).toArray()).map(read)
}
