import type { Step, Ticket } from '../shapes/ticket'
import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { standing } from './ticketGround'
import { reviewsTimes } from './ticketRights'

export const acknowledgeAlarm: Reducer<'ticket.acknowledge'> = ({ at, args }, ground) => {
  const ticket = standing(args.ticket, ground)
  if (ticket === undefined || ticket.alarms.every((alarm) => alarm.acknowledged_at !== null)) return NOTHING
  const seen = { acknowledged_at: utc(at), acknowledged_by: ground.actor.id }
  const alarms = ticket.alarms.map((alarm) => (alarm.acknowledged_at === null ? { ...alarm, ...seen } : alarm))
  return { ticket: [{ ...ticket, alarms }] }
}

/** The ticket with one of its steps in another form. */
function withStep(ticket: Ticket, step: Step): Ticket {
  const steps = ticket.steps.map((one) => (one.id === step.id ? step : one))
  const isSolution = step.event === 'solved' && ticket.solved_by === step.member
  const solved_at = isSolution ? step.counts_at : ticket.solved_at
  return { ...ticket, steps, solved_at, is_in_review: steps.some((one) => one.is_in_review) }
}

/** What it does to the clocks is the server's to say. */
export const reviewTimes: Reducer<'ticket.review'> = ({ args: { ticket: id, step: of, review } }, ground) => {
  const ticket = standing(id, ground)
  const step = ticket?.steps.find((one) => one.id === of)
  if (ticket === undefined || step === undefined || !step.is_in_review) return NOTHING
  if (step.member !== null && !reviewsTimes(step.member, ground)) return NOTHING
  const counts_at = review === 'server' ? step.received_at : step.counts_at
  return { ticket: [withStep(ticket, { ...step, counts_at, review, reviewed_by: ground.actor.id, is_in_review: false })] }
}
