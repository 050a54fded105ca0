import { byId } from '../../db/read'
import type { Phone } from '../../db/schema'
import { MAIL_OF, type Mail, type NoticeEvent } from '../../shapes/notification'
import { DEFAULTS, type Preference } from '../../shapes/preference'
import { rowKey } from '../../shapes/touches'
import type { EntryState } from '../lines'
import { liveRead, type Live } from '../live'
import { readProjection } from '../projection'

export interface OwnPreference extends Preference {
  /** when each event goes out by mail, also those nobody has set */
  mailOf: Readonly<Record<NoticeEvent, Mail>>
  isQuietAtAll: boolean
  entryState: EntryState
}

async function readPreference(db: Phone): Promise<OwnPreference> {
  const { overlay, standings } = await readProjection(db)
  const id = db.memberId
  const found = overlay.preference.get(id) ?? (await byId(db, 'preference', [id])).get(id) ?? { id, ...DEFAULTS }
  return {
    ...found,
    mailOf: { ...MAIL_OF, ...found.mails },
    isQuietAtAll: found.quiet_from !== null && found.quiet_from !== found.quiet_to,
    entryState: standings.get(rowKey('preference', id))?.state ?? 'applied',
  }
}

/** When I want mails; the defaults where I have set nothing. */
export const preference: Live<OwnPreference | undefined> = liveRead(readPreference)
