import { newestNotifications } from '../../db/notifications'
import type { Phone } from '../../db/schema'
import { isNoticeEvent, type Notification } from '../../shapes/notification'
import { rowKey } from '../../shapes/touches'
import { markOf } from '../lineOf'
import type { EntryState } from '../lines'
import { liveRead, type Live } from '../live'
import { compare } from '../order'
import { over } from '../over'
import { readProjection } from '../projection'
import { unreadOf } from './unread'

export interface NotificationLine {
  notification: Notification
  isUnread: boolean
  entryState: EntryState
}

export interface Notifications {
  /** newest first */
  items: NotificationLine[]
  unread: number
  hasMore: boolean
  /** the newest one: up to it all can be read at once */
  newest?: string
}

async function read(db: Phone, limit: number): Promise<Notifications> {
  const projection = await readProjection(db)
  const base = (await newestNotifications(db, limit + 1)).slice(0, limit)
  const ids = new Set(base.map((one) => one.id))
  const shown = over(base, projection.overlay.notification, (one) => ids.has(one.id))
  // One of a later version has no words in this one.
  const known = shown.filter((one) => isNoticeEvent(one.event))
  const ordered = known.sort((a, b) => compare(b.made_at, a.made_at) || compare(b.id, a.id))
  const newest = ordered[0]?.id
  return {
    items: ordered.map((notification) => ({
      notification,
      isUnread: notification.read_at === null,
      entryState: markOf(projection, rowKey('notification', notification.id), notification.member).entryState,
    })),
    unread: (await unreadOf(db)).length,
    hasMore: (await db.notification.count()) > limit,
    ...(newest === undefined ? {} : { newest }),
  }
}

/** What I should hear of, as far back as asked. */
export function notifications(limit = 100): Live<Notifications | undefined> {
  return liveRead((db) => read(db, limit))
}
