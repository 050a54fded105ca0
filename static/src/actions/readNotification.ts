import type { Saved } from './refusal'
import { save } from './save'

export async function readNotification({ notification }: { notification: string }): Promise<Saved> {
  return save('notification.read', { notification }, notification)
}
