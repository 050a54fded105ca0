import { getTimeline } from '../../net/ticketTimeline'
import type { Timeline } from '../../shapes/timeline'

/** Kept nowhere: what clocks did is worked out by the server when it is asked. */
export type TimelineAnswer = { kind: 'ok'; timeline: Timeline } | { kind: 'offline' } | { kind: 'failed' }

export async function readTimeline(ticket: string): Promise<TimelineAnswer> {
  const answer = await getTimeline(ticket)
  if (answer.kind === 'ok') return { kind: 'ok', timeline: answer.message }
  return { kind: answer.kind === 'offline' ? 'offline' : 'failed' }
}
