import type { Saved } from './refusal'
import { save } from './save'

/** I know that a promise runs out or was broken, and see to it. */
export async function acknowledgeAlarm({ ticket }: { ticket: string }): Promise<Saved> {
  return save('ticket.acknowledge', { ticket }, ticket)
}
