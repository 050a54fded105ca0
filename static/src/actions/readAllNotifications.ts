import type { Saved } from './refusal'
import { save } from './save'

/** Up to the newest one that was on the screen. */
export async function readAllNotifications({ until }: { until: string }): Promise<Saved> {
  return save('notification.read_all', { until }, until)
}
