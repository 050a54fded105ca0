import type { Saved } from './refusal'
import { save } from './save'

export interface RetryEntry {
  entry: string
}

/** A parked entry is to be tried again. */
export async function retryEntry({ entry }: RetryEntry): Promise<Saved> {
  return save('entry.retry', { entry }, entry)
}
