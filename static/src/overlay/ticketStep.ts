import type { Step, Ticket } from '../shapes/ticket'
import type { Ground } from './ground'

type What = Pick<Step, 'event'> & Partial<Pick<Step, 'assignee' | 'waits_for' | 'note'>>

/** The ticket with one more line of what happened to it, by the actor. What counts of its times is the server's to say. */
export function stepped(ticket: Ticket, at: string, { actor }: Ground, what: What): Ticket {
  const step: Step = {
    id: '',
    member: actor.id,
    assignee: null,
    waits_for: null,
    note: '',
    counts_at: '',
    skew_s: null,
    is_in_review: false,
    review: null,
    reviewed_by: null,
    made_at: at,
    received_at: '',
    ...what,
  }
  return { ...ticket, steps: [...ticket.steps, step] }
}
