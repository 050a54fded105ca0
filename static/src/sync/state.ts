/** Where the sync stands. Pure: state + event → state; every pair is defined, the effects are elsewhere. */
export type SyncPhase =
  /** not started */
  | 'stopped'
  /** at the head, nothing to send */
  | 'resting'
  /** another tab does the work */
  | 'elsewhere'
  /** says hello: who we are, what the server holds of us */
  | 'greeting'
  /** sends waiting entries */
  | 'pushing'
  /** fetches pages */
  | 'pulling'
  /** failed, tries again by itself */
  | 'backing_off'
  /** the session has ended; the queue waits for its person */
  | 'signed_out'
  /** the server refuses this phone or this version */
  | 'blocked'

export type FailReason = 'offline' | 'server' | 'storage'

export interface SyncState {
  phase: SyncPhase
  /** failures in a row */
  attempt: number
  /** the server knows this replica, as far as we know */
  isGreeted: boolean
  /** something came up while at work: go round once more */
  isAgain: boolean
  /** the server asked for a pause, so nobody's impatience shortens it */
  isHeld: boolean
  reason?: FailReason
}

export type SyncEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** a save, news, a signal, a look at the phone: there may be something to do */
  | { type: 'wake' }
  /** the time set for the next attempt has come */
  | { type: 'due' }
  | { type: 'signed_in' }
  | { type: 'lock_refused' }
  | { type: 'greeted' }
  | { type: 'batch_sent' }
  | { type: 'nothing_to_send' }
  | { type: 'page_applied' }
  /** hasUnsent: the outbox holds more than the server says it has */
  | { type: 'head_reached'; hasUnsent: boolean }
  /** the server's word must be heard anew: a gap, another history, a new replica */
  | { type: 'estranged' }
  | { type: 'failed'; reason: FailReason; isHeld: boolean }
  | { type: 'unauthorized' }
  | { type: 'refused' }

export type EventType = SyncEvent['type']

export const INITIAL: SyncState = { phase: 'stopped', attempt: 0, isGreeted: false, isAgain: false, isHeld: false }

type Step = (state: SyncState, event: SyncEvent) => SyncState
type Row = Readonly<Record<EventType, Step>>

const stay: Step = (state) => state
const stop: Step = () => INITIAL
const greet: Step = (state) => at(state, 'greeting', { isGreeted: false })
const begin: Step = (state) => at(state, state.isGreeted ? 'pushing' : 'greeting', {})
const again: Step = (state) => ({ ...state, isAgain: true })
const yieldLock: Step = (state) => at(state, 'elsewhere', { isAgain: false })
const signOut: Step = (state) => at(state, 'signed_out', { isGreeted: false, isAgain: false, attempt: 0 })
const block: Step = (state) => at(state, 'blocked', { isGreeted: false, isAgain: false, attempt: 0 })

function at(state: SyncState, phase: SyncPhase, change: Partial<SyncState>): SyncState {
  const { reason: _, ...rest } = state
  return { ...rest, isHeld: false, ...change, phase }
}

const fail: Step = (state, event) =>
  event.type === 'failed'
    ? { ...at(state, 'backing_off', { attempt: state.attempt + 1, isAgain: false, isHeld: event.isHeld }), reason: event.reason }
    : state

/** An end is reached only if nothing was saved or announced on the way, nor forgotten by the server. */
const arrive: Step = (state, event) => {
  const isAgain = state.isAgain || (event.type === 'head_reached' && event.hasUnsent)
  return at(state, isAgain ? 'pushing' : 'resting', { attempt: 0, isAgain: false })
}

const AT_REST: Row = {
  start: stay,
  stop,
  wake: begin,
  due: begin,
  signed_in: stay,
  lock_refused: yieldLock,
  greeted: stay,
  batch_sent: stay,
  nothing_to_send: stay,
  page_applied: stay,
  head_reached: stay,
  estranged: stay,
  failed: fail,
  unauthorized: signOut,
  refused: block,
}

const AT_WORK: Row = {
  ...AT_REST,
  wake: again,
  due: again,
  estranged: greet,
}

const TABLE: Readonly<Record<SyncPhase, Row>> = {
  stopped: {
    ...AT_REST,
    start: greet,
    wake: stay,
    due: stay,
    lock_refused: stay,
    failed: stay,
    unauthorized: stay,
    refused: stay,
  },
  // Once a day the server is greeted again.
  resting: { ...AT_REST, estranged: greet },
  elsewhere: { ...AT_REST, failed: stay, unauthorized: stay, refused: stay },
  greeting: { ...AT_WORK, greeted: (state) => at(state, 'pushing', { isGreeted: true }) },
  pushing: {
    ...AT_WORK,
    batch_sent: (state) => at(state, 'pushing', { attempt: 0 }),
    // A save may have come between the look at the outbox and this event, so `isAgain` stands.
    nothing_to_send: (state) => at(state, 'pulling', {}),
  },
  pulling: { ...AT_WORK, page_applied: (state) => at(state, 'pulling', { attempt: 0 }), head_reached: arrive },
  backing_off: { ...AT_REST, wake: (state, event) => (state.isHeld ? state : begin(state, event)), failed: stay },
  // A wake would only repeat the refusal; the slow clock of `due` finds out whether the session is back.
  signed_out: { ...AT_REST, wake: stay, due: greet, signed_in: greet, unauthorized: stay },
  blocked: { ...AT_REST, wake: stay, due: greet, signed_in: greet, refused: stay },
}

export function next(state: SyncState, event: SyncEvent): SyncState {
  return TABLE[state.phase][event.type](state, event)
}

/** There is a step to take now. */
export function isWorking(state: SyncState): boolean {
  return state.phase === 'greeting' || state.phase === 'pushing' || state.phase === 'pulling'
}
