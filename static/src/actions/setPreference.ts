import { currentPhone } from '../db/current'
import type { KindArgs } from '../shapes/entry'
import type { Mail, NoticeEvent } from '../shapes/notification'
import { rowKey } from '../shapes/touches'
import { Refusal, type Saved } from './refusal'
import { given, save } from './save'

export interface SetPreference {
  /** only those that are to change */
  mails?: Partial<Record<NoticeEvent, Mail>>
  /** clock time, 07:30 */
  digestAt?: string
  /** null: no quiet hours */
  quiet?: { from: string; to: string } | null
}

/** What I want by mail, and when. */
export async function setPreference({ mails, digestAt, quiet }: SetPreference): Promise<Saved> {
  const phone = currentPhone()
  if (phone === undefined) throw new Refusal('signed_out')
  const hours = quiet === undefined ? {} : { quiet_from: quiet?.from ?? null, quiet_to: quiet?.to ?? null }
  const args = given<KindArgs['preference.set']>({ mails, digest_at: digestAt, ...hours } as KindArgs['preference.set'])
  return save('preference.set', args, phone.memberId, { alsoTouched: [rowKey('preference', phone.memberId)] })
}
