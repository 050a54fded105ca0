import { describe, expect, it } from 'vitest'
import { canSavePromise, emptyPromise, formOfPolicy, hoursOf, minutesOfHours, valuesOf } from './promiseForm'

describe('a promise', () => {
  const form = emptyPromise('cal')

  it('is written in hours and kept in minutes', () => {
    expect([hoursOf(90), hoursOf(240), hoursOf(null)]).toEqual(['1.5', '4', ''])
    expect([minutesOfHours('1.5'), minutesOfHours(' 1,5 '), minutesOfHours(''), minutesOfHours('soon'), minutesOfHours('-1')]).toEqual([90, 90, null, undefined, undefined])
  })

  it('promises an answer or a solution, a minute at least', () => {
    expect(canSavePromise(form)).toBe(true)
    expect(canSavePromise({ ...form, response: '' })).toBe(true)
    expect(canSavePromise({ ...form, response: '', resolution: ' ' })).toBe(false)
    expect(canSavePromise({ ...form, response: '0' })).toBe(false)
    expect(canSavePromise({ ...form, warn: '0' })).toBe(true)
    expect(canSavePromise({ ...form, lead: 'x' })).toBe(false)
    expect(canSavePromise({ ...form, calendar: '' })).toBe(false)
  })

  it('says for whom it is once only', () => {
    expect(valuesOf(form, true)).toMatchObject({ customer: null, severity: '', response_minutes: 240, resolution_minutes: 960, warn_minutes: 60 })
    expect(valuesOf(form, false)).not.toHaveProperty('customer')
    expect(valuesOf({ ...form, response: '' }, false)).toMatchObject({ response_minutes: null, pauses_on: ['customer', 'parts'] })
  })

  it('comes back as it was', () => {
    const policy = {
      id: 'p', customer: 'c1', severity: 'urgent' as const, calendar: 'cal', response_minutes: 30, resolution_minutes: null,
      warn_minutes: 15, lead_minutes: 60, executive_minutes: 240, pauses_on: ['parts' as const],
    }
    const { id: _id, customer: _c, severity: _s, ...values } = policy
    expect(valuesOf(formOfPolicy(policy), false)).toEqual(values)
  })
})
