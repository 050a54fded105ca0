import type { KindArgs } from '../shapes/entry'
import type { Saved } from './refusal'
import { given, save } from './save'

export interface SolveTicket {
  ticket: string
  causeChip?: string | null
  fixChip?: string | null
  /** what was done about it */
  resolution?: string
  visit?: string | null
  isSolvedOnVisit?: boolean
}

/** It works again. It counts from now, however late the server hears of it; the Undo reopens it. */
export async function solveTicket({ causeChip, fixChip, isSolvedOnVisit, ...said }: SolveTicket): Promise<Saved> {
  const solution = { cause_chip: causeChip, fix_chip: fixChip, is_solved_on_visit: isSolvedOnVisit }
  return save('ticket.solve', given<KindArgs['ticket.solve']>({ ...said, ...solution }), said.ticket)
}
