import { isNoticeEvent, type Notification } from '../shapes/notification'
import { DEFAULTS, type Preference } from '../shapes/preference'
import { utc } from '../shapes/time'
import { NOTHING, type Ground, type Reducer } from './ground'
import { isMine } from './rights'

/** As many as the server reads at once. */
const MOST_READ = 500

function isUnread(notification: Notification, ground: Ground): boolean {
  return isMine(notification, ground) && notification.read_at === null
}

export const readNotification: Reducer<'notification.read'> = ({ at, args }, ground) => {
  const notification = ground.notification(args.notification)
  if (notification === undefined || !isUnread(notification, ground)) return NOTHING
  return { notification: [{ ...notification, read_at: utc(at) }] }
}

/** What came after the named one was not on the screen. */
export const readAllNotifications: Reducer<'notification.read_all'> = ({ at, args }, ground) => {
  const last = ground.notification(args.until)
  if (last === undefined || !isMine(last, ground)) return NOTHING
  const unread = ground.all('notification').filter((one) => isUnread(one, ground) && one.made_at <= last.made_at)
  const firstIds = unread.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MOST_READ)
  return { notification: firstIds.map((one) => ({ ...one, read_at: utc(at) })) }
}

export const setPreference: Reducer<'preference.set'> = ({ args: { mails = {}, ...values } }, ground) => {
  const { id } = ground.actor
  const former = ground.preference(id)
  const before: Preference = former ?? { id, ...DEFAULTS }
  const wanted = { ...before, ...values }
  const isSame =
    Object.entries(mails).every(([event, mail]) => before.mails[event] === mail) &&
    (['digest_at', 'quiet_from', 'quiet_to'] as const).every((name) => before[name] === wanted[name])
  const isSilent = Object.keys(mails).length === 0 && Object.keys(values).length === 0
  if (isSilent || !Object.keys(mails).every(isNoticeEvent) || (isSame && former !== undefined)) return NOTHING
  return { preference: [{ ...wanted, mails: { ...before.mails, ...mails } }] }
}
