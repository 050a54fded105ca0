import type { Notification } from '../shapes/notification'
import { readRow, type Row } from '../shapes/row'
import type { Phone } from './schema'

const read = (row: Row) => readRow('notification', row)

export async function newestNotifications(db: Phone, limit: number): Promise<Notification[]> {
  return (await db.notification.orderBy('f.made_at').reverse().limit(limit).toArray()).map(read)
}

/** Only what was read has a time of reading, and stands in its index. */
export async function unreadNotifications(db: Phone): Promise<Notification[]> {
  const readIds = new Set(await db.notification.where('f.read_at').above('').primaryKeys())
  const ids = (await db.notification.toCollection().primaryKeys()).filter((id) => !readIds.has(id))
  return (await db.notification.bulkGet(ids)).flatMap((row) => (row === undefined ? [] : [read(row)]))
}
