import type { Comment } from '../shapes/comment'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('comment', row)

export async function commentsById(db: Phone, ids: readonly string[]): Promise<Comment[]> {
  const rows = await db.comment.bulkGet([...ids])
  return rows.flatMap((row) => (row === undefined ? [] : [read(row)]))
}

export async function commentsOfVisits(db: Phone, visits: readonly string[]): Promise<Comment[]> {
  return (await db.comment.where('f.visit').anyOf([...visits]).toArray()).map(read)
}
