import { isFields, text, textOrNull, type Fields } from './fields'
import { MAILS, type Mail } from './notification'

/** When one member wants mails. Its id is the member's. */
export interface Preference {
  id: string
  /** event → when it goes out by mail; what is not named, as the event says */
  mails: Readonly<Record<string, Mail>>
  /** clock time, 07:30 */
  digest_at: string
  /** both or none */
  quiet_from: string | null
  quiet_to: string | null
}

/** What holds for whoever has set nothing, as on the server. */
export const DEFAULTS: Omit<Preference, 'id'> = { mails: {}, digest_at: '07:30', quiet_from: '20:00', quiet_to: '07:00' }

function readMails(value: unknown): Record<string, Mail> {
  const found: Record<string, Mail> = {}
  for (const [event, when] of Object.entries(isFields(value) ? value : {})) {
    const mail = MAILS.find((known) => known === when)
    if (mail !== undefined) found[event] = mail
  }
  return found
}

export function readPreference(id: string, f: Fields): Preference {
  return {
    id,
    mails: readMails(f.mails),
    digest_at: text(f, 'digest_at') || DEFAULTS.digest_at,
    quiet_from: textOrNull(f, 'quiet_from'),
    quiet_to: textOrNull(f, 'quiet_to'),
  }
}
