import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL, isWorking, next, type EventType, type SyncEvent, type SyncPhase, type SyncState } from './state'

const PHASES: SyncPhase[] = ['stopped', 'resting', 'elsewhere', 'greeting', 'pushing', 'pulling', 'backing_off', 'signed_out', 'blocked']

const EVENTS: Record<EventType, SyncEvent> = {
  start: { type: 'start' },
  stop: { type: 'stop' },
  wake: { type: 'wake' },
  due: { type: 'due' },
  signed_in: { type: 'signed_in' },
  lock_refused: { type: 'lock_refused' },
  greeted: { type: 'greeted' },
  batch_sent: { type: 'batch_sent' },
  nothing_to_send: { type: 'nothing_to_send' },
  page_applied: { type: 'page_applied' },
  head_reached: { type: 'head_reached', hasUnsent: false },
  estranged: { type: 'estranged' },
  failed: { type: 'failed', reason: 'server', isHeld: false },
  unauthorized: { type: 'unauthorized' },
  refused: { type: 'refused' },
}

/** From each phase (of a replica that was greeted): where each event leads. A dot stays. */
const TABLE: Record<SyncPhase, Record<EventType, SyncPhase | '.'>> = {
  stopped: {
    start: 'greeting', stop: '.', wake: '.', due: '.', signed_in: '.', lock_refused: '.', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: '.', failed: '.', unauthorized: '.', refused: '.',
  },
  resting: {
    start: '.', stop: 'stopped', wake: 'pushing', due: 'pushing', signed_in: '.', lock_refused: 'elsewhere', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: 'greeting', failed: 'backing_off', unauthorized: 'signed_out', refused: 'blocked',
  },
  elsewhere: {
    start: '.', stop: 'stopped', wake: 'pushing', due: 'pushing', signed_in: '.', lock_refused: '.', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: '.', failed: '.', unauthorized: '.', refused: '.',
  },
  greeting: {
    start: '.', stop: 'stopped', wake: '.', due: '.', signed_in: '.', lock_refused: 'elsewhere', greeted: 'pushing', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: '.', failed: 'backing_off', unauthorized: 'signed_out', refused: 'blocked',
  },
  pushing: {
    start: '.', stop: 'stopped', wake: '.', due: '.', signed_in: '.', lock_refused: 'elsewhere', greeted: '.', batch_sent: '.',
    nothing_to_send: 'pulling', page_applied: '.', head_reached: '.', estranged: 'greeting', failed: 'backing_off', unauthorized: 'signed_out', refused: 'blocked',
  },
  pulling: {
    start: '.', stop: 'stopped', wake: '.', due: '.', signed_in: '.', lock_refused: 'elsewhere', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: 'resting', estranged: 'greeting', failed: 'backing_off', unauthorized: 'signed_out', refused: 'blocked',
  },
  backing_off: {
    start: '.', stop: 'stopped', wake: 'pushing', due: 'pushing', signed_in: '.', lock_refused: 'elsewhere', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: '.', failed: '.', unauthorized: 'signed_out', refused: 'blocked',
  },
  signed_out: {
    start: '.', stop: 'stopped', wake: '.', due: 'greeting', signed_in: 'greeting', lock_refused: 'elsewhere', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: '.', failed: 'backing_off', unauthorized: '.', refused: 'blocked',
  },
  blocked: {
    start: '.', stop: 'stopped', wake: '.', due: 'greeting', signed_in: 'greeting', lock_refused: 'elsewhere', greeted: '.', batch_sent: '.',
    nothing_to_send: '.', page_applied: '.', head_reached: '.', estranged: '.', failed: 'backing_off', unauthorized: 'signed_out', refused: '.',
  },
}

function standing(phase: SyncPhase): SyncState {
  return { ...INITIAL, phase, isGreeted: phase !== 'stopped', attempt: phase === 'backing_off' ? 1 : 0 }
}

describe('the state machine', () => {
  it.each(PHASES)('knows what every event means while %s', (phase) => {
    for (const event of Object.values(EVENTS)) {
      const expected = TABLE[phase][event.type]
      expect(next(standing(phase), event).phase, `${phase} + ${event.type}`).toBe(expected === '.' ? phase : expected)
    }
  })

  it('goes round once more when something was saved on the way', () => {
    const pulling = next(next(standing('pushing'), EVENTS.wake), EVENTS.nothing_to_send)
    expect(next(pulling, EVENTS.head_reached)).toMatchObject({ phase: 'pushing', isAgain: false })
  })

  it('sends again what the server has forgotten', () => {
    expect(next(standing('pulling'), { type: 'head_reached', hasUnsent: true }).phase).toBe('pushing')
  })

  it('greets first when it was never answered', () => {
    expect(next({ ...standing('backing_off'), isGreeted: false }, EVENTS.due).phase).toBe('greeting')
  })

  it('lets nobody shorten a pause the server asked for', () => {
    const held = next(standing('pushing'), { type: 'failed', reason: 'server', isHeld: true })
    expect(next(held, EVENTS.wake)).toBe(held)
    expect(next(held, EVENTS.due).phase).toBe('pushing')
  })

  it('counts failures and forgets them with the first success', () => {
    const failed = next(next(next(standing('pushing'), EVENTS.failed), EVENTS.due), EVENTS.failed)
    expect(failed).toMatchObject({ attempt: 2, reason: 'server' })
    expect(next(next(failed, EVENTS.due), EVENTS.batch_sent)).toMatchObject({ attempt: 0 })
  })

  it('is never lost: from any history, being due or signed in leads back to work', () => {
    const events = fc.array(fc.constantFrom(...Object.values(EVENTS).filter((event) => event.type !== 'stop')), { maxLength: 40 })
    fc.assert(
      fc.property(events, (history) => {
        const end = history.reduce(next, next(INITIAL, EVENTS.start))
        expect(isWorking(end) || isWorking(next(end, EVENTS.due))).toBe(true)
      }),
    )
  })
})
