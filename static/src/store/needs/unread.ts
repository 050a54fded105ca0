import { unreadNotifications } from '../../db/notifications'
import type { Phone } from '../../db/schema'
import { isNoticeEvent, type Notification } from '../../shapes/notification'
import { liveRead, type Live } from '../live'
import { over } from '../over'
import { readProjection } from '../projection'

/** What was not read yet, as far as this version has words for it. */
export async function unreadOf(db: Phone): Promise<Notification[]> {
  const { overlay } = await readProjection(db)
  return over(await unreadNotifications(db), overlay.notification, (one) => one.read_at === null && isNoticeEvent(one.event))
}

/** How many notifications were not read yet. */
export const unreadCount: Live<number | undefined> = liveRead(async (db) => (await unreadOf(db)).length)
