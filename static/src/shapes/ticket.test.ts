import { describe, expect, it } from 'vitest'
import { dueAt, isLate, isOpen, may, readTicket, TICKET_STATES, type TicketVerb } from './ticket'

const NOW = Date.parse('2026-11-24T03:00:00.000Z')
const [SOON, LATE] = ['2026-11-24T03:00:00.001Z', '2026-11-24T02:59:59.999Z']

const ticket = (f: object) => readTicket('t', { state: 'open', ...f })

describe('what may be done with a ticket', () => {
  it.each<[TicketVerb, string]>([
    ['take', 'open assigned waiting'],
    ['assign', 'open assigned waiting'],
    ['wait', 'open assigned waiting'],
    ['resume', 'waiting'],
    ['solve', 'open assigned waiting'],
    ['reopen', 'solved closed'],
    ['close', 'solved'],
  ])('%s, when it is %s', (verb, states) => {
    expect(TICKET_STATES.filter((state) => may(verb, state)).join(' ')).toBe(states)
  })

  it('is nothing in a state of a later version', () => {
    expect(isOpen(ticket({ state: 'frozen' }))).toBe(false)
  })
})

describe('a promise', () => {
  it('is kept until its moment, and broken after it', () => {
    expect(isLate(ticket({ resolution_due_at: SOON }), NOW)).toBe(false)
    expect(isLate(ticket({ resolution_due_at: LATE }), NOW)).toBe(true)
  })

  it('of a first answer counts until there is one', () => {
    expect(isLate(ticket({ response_due_at: LATE }), NOW)).toBe(true)
    expect(isLate(ticket({ response_due_at: LATE, response_at: SOON, response_verdict: 'missed' }), NOW)).toBe(false)
  })

  it('stays broken while its clock stands, and asks for nobody once the ticket is over', () => {
    expect(isLate(ticket({ resolution_verdict: 'missed', resolution_due_at: null }), NOW)).toBe(true)
    for (const over of [{ state: 'solved' }, { state: 'closed' }, { withdrawn_at: LATE }]) {
      expect(isLate(ticket({ resolution_due_at: LATE, resolution_verdict: 'missed', ...over }), NOW)).toBe(false)
    }
  })

  it('that comes next is the earlier one of those that are open', () => {
    expect(dueAt(ticket({ response_due_at: SOON, resolution_due_at: LATE }))).toBe(LATE)
    expect(dueAt(ticket({ response_due_at: LATE, resolution_due_at: SOON }))).toBe(LATE)
    expect(dueAt(ticket({ response_due_at: LATE, response_at: LATE, resolution_due_at: SOON }))).toBe(SOON)
    expect(dueAt(ticket({}))).toBeNull()
  })
})

describe('the steps of a ticket', () => {
  it('of a later version tell nothing here', () => {
    const steps = [{ id: 'a', event: 'opened' }, { id: 'b', event: 'danced' }, 7]
    expect(ticket({ steps }).steps.map((step) => step.event)).toEqual(['opened'])
    expect(ticket({ alarms: [{ clock: 'resolution', rung: 2 }, { clock: 'moon' }] }).alarms).toHaveLength(1)
  })
})
