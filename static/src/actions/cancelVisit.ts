import type { Saved } from './refusal'
import { save } from './save'

export interface CancelVisit {
  visit: string
}

/** A planned visit will not be made. */
export async function cancelVisit({ visit }: CancelVisit): Promise<Saved> {
  return save('visit.cancel', { visit }, visit)
}
