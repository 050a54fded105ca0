import { describe, expect, it } from 'vitest'
import { readCustomer } from '../shapes/customer'
import { readSite } from '../shapes/site'
import { readVisit, type VisitState } from '../shapes/visit'
import type { Stop, Today } from '../store/visits'
import { prefill } from './prefill'

const plant = { latitude: 37.5, longitude: 127 }

function stop(id: string, state: VisitState, north = 0): Stop {
  return {
    visit: readVisit(id, { customer: `customer of ${id}`, site: `site of ${id}`, state }),
    site: readSite(`site of ${id}`, { ...plant, latitude: plant.latitude + north }),
    entryState: 'applied',
    isMine: true,
    commitmentsDue: [],
  }
}

function day(planned: Stop[], suggested: Today['suggested'] = []): Today {
  return { date: '2026-11-24', planned, suggested, commitmentsDue: [], done: [] }
}

const seen = readCustomer('seen', {})
const nearby = { customer: readCustomer('nearby', {}), reasons: [{ code: 'near' as const, metres: 120 }] }

describe('the customer of a new record', () => {
  it('is the one the person is with', () => {
    const today = day([stop('a', 'planned'), stop('b', 'started', 1)], [nearby])
    expect(prefill(today, plant, seen)).toMatchObject({ visit: 'b', because: 'started' })
  })

  it('is the nearest one, planned or not', () => {
    expect(prefill(day([stop('a', 'planned', 0.01)], [nearby]), plant, seen)).toMatchObject({
      customer: 'nearby',
      because: 'near',
    })
    expect(prefill(day([stop('a', 'planned', 0.0005)], [nearby]), plant, seen)).toMatchObject({ visit: 'a' })
  })

  it('is the next planned one when nobody is near or the place is unknown', () => {
    const today = day([stop('a', 'planned', 1), stop('b', 'planned', 1)])
    expect(prefill(today, plant, seen)).toMatchObject({ visit: 'a', site: 'site of a', because: 'planned' })
    expect(prefill(today, undefined, seen)).toMatchObject({ visit: 'a', because: 'planned' })
  })

  it('is the last one seen, or nobody', () => {
    expect(prefill(day([]), undefined, seen)).toEqual({ customer: 'seen', because: 'seen' })
    expect(prefill(undefined, undefined, null)).toBeUndefined()
  })
})
