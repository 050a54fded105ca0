import { readAlarms, type Alarm } from './alarm'
import { choice, choiceOrNull, flag, numberOrNull, text, textOrNull, texts, type Fields } from './fields'
import { readSteps, WAITS_FOR, type Step, type WaitsFor } from './step'

export type { Alarm, ClockName } from './alarm'
export type { Review, Step, StepEvent, WaitsFor } from './step'
export { REVIEWS, WAITS_FOR } from './step'

export const SEVERITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Severity = (typeof SEVERITIES)[number]

export const TICKET_STATES = ['open', 'assigned', 'waiting', 'solved', 'closed'] as const
export type TicketState = (typeof TICKET_STATES)[number]

/** What became of a promise: null while it is open and in time. */
export const VERDICTS = ['met', 'missed'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Something at a customer that is to be resolved. */
export interface Ticket {
  id: string
  customer: string
  site: string | null
  asset: string | null
  product: string | null
  contact: string | null
  visit: string | null
  /** a chip, as are cause_chip and fix_chip */
  category: string | null
  /** who reported it */
  member: string
  assignee: string | null
  watchers: string[]
  /** what is wrong */
  text: string
  severity: Severity
  state: TicketState
  waits_for: WaitsFor | null
  part_of: string | null
  /** tickets that one should know of as well */
  links: string[]
  cause_chip: string | null
  fix_chip: string | null
  /** what was done about it */
  resolution: string
  solved_by: string | null
  /** when it counts as solved */
  solved_at: string | null
  is_solved_on_visit: boolean
  cause: string | null
  /** the same again, within the watch window of its cause */
  is_recurrence: boolean
  response_due_at: string | null
  response_at: string | null
  response_verdict: Verdict | null
  /** null while its clock stands, or nothing is promised */
  resolution_due_at: string | null
  /** business seconds, on a standing clock */
  resolution_left_s: number | null
  resolution_verdict: Verdict | null
  /** a person has to say which time counts */
  is_in_review: boolean
  withdrawn_at: string | null
  flags: string[]
  skew_s: number | null
  /** oldest first */
  steps: Step[]
  alarms: Alarm[]
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

type Solution = Pick<Ticket, 'cause_chip' | 'fix_chip' | 'resolution' | 'solved_by' | 'solved_at' | 'is_solved_on_visit' | 'cause' | 'is_recurrence'>

function readSolution(f: Fields): Solution {
  return {
    cause_chip: textOrNull(f, 'cause_chip'),
    fix_chip: textOrNull(f, 'fix_chip'),
    resolution: text(f, 'resolution'),
    solved_by: textOrNull(f, 'solved_by'),
    solved_at: textOrNull(f, 'solved_at'),
    is_solved_on_visit: flag(f, 'is_solved_on_visit'),
    cause: textOrNull(f, 'cause'),
    is_recurrence: flag(f, 'is_recurrence'),
  }
}

/** What its clocks said when the server last looked. */
export type Promises = Pick<
  Ticket,
  'response_due_at' | 'response_at' | 'response_verdict' | 'resolution_due_at' | 'resolution_left_s' | 'resolution_verdict' | 'is_in_review'
>

function readPromises(f: Fields): Promises {
  return {
    response_due_at: textOrNull(f, 'response_due_at'),
    response_at: textOrNull(f, 'response_at'),
    response_verdict: choiceOrNull(f, 'response_verdict', VERDICTS),
    resolution_due_at: textOrNull(f, 'resolution_due_at'),
    resolution_left_s: numberOrNull(f, 'resolution_left_s'),
    resolution_verdict: choiceOrNull(f, 'resolution_verdict', VERDICTS),
    is_in_review: flag(f, 'is_in_review'),
  }
}

export function readTicket(id: string, f: Fields): Ticket {
  return {
    id,
    customer: text(f, 'customer'),
    site: textOrNull(f, 'site'),
    asset: textOrNull(f, 'asset'),
    product: textOrNull(f, 'product'),
    contact: textOrNull(f, 'contact'),
    visit: textOrNull(f, 'visit'),
    category: textOrNull(f, 'category'),
    member: text(f, 'member'),
    assignee: textOrNull(f, 'assignee'),
    watchers: texts(f, 'watchers'),
    text: text(f, 'text'),
    severity: choice(f, 'severity', SEVERITIES, 'normal'),
    // One of a later version can be read, and nothing is done with it here.
    state: choice(f, 'state', TICKET_STATES, 'closed'),
    waits_for: choiceOrNull(f, 'waits_for', WAITS_FOR),
    part_of: textOrNull(f, 'part_of'),
    links: texts(f, 'links'),
    ...readSolution(f),
    ...readPromises(f),
    withdrawn_at: textOrNull(f, 'withdrawn_at'),
    flags: texts(f, 'flags'),
    skew_s: numberOrNull(f, 'skew_s'),
    steps: readSteps(f),
    alarms: readAlarms(f),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

const WORKED_ON = ['open', 'assigned', 'waiting'] as const satisfies readonly TicketState[]

/** In which states what may be done, told as on the server (tickets/states.py). */
const ALLOWED = {
  take: WORKED_ON,
  assign: WORKED_ON,
  wait: WORKED_ON,
  resume: ['waiting'],
  solve: WORKED_ON,
  reopen: ['solved', 'closed'],
  close: ['solved'],
} as const satisfies Readonly<Record<string, readonly TicketState[]>>

export type TicketVerb = keyof typeof ALLOWED

export function may(verb: TicketVerb, state: TicketState): boolean {
  const states: readonly TicketState[] = ALLOWED[verb]
  return states.includes(state)
}

/** The state of a ticket that somebody may go on with. */
export function workingState(assignee: string | null): TicketState {
  return assignee === null ? 'open' : 'assigned'
}

export function isOpen({ state, withdrawn_at }: Pick<Ticket, 'state' | 'withdrawn_at'>): boolean {
  return withdrawn_at === null && may('solve', state)
}

/** Whether a promise about an open ticket is broken by now, in milliseconds of the clock. */
export function isLate(ticket: Ticket, now: number): boolean {
  if (!isOpen(ticket)) return false
  const due = dueAt(ticket)
  return ticket.resolution_verdict === 'missed' || (due !== null && Date.parse(due) < now)
}

/** The next promise that is to be kept: the first answer while there is none, then the solution. */
export function dueAt({ response_at, response_due_at, resolution_due_at }: Ticket): string | null {
  const response = response_at === null ? response_due_at : null
  const both = [response, resolution_due_at].filter((at) => at !== null)
  return both.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}
