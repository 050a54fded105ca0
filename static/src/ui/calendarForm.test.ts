import { describe, expect, it } from 'vitest'
import { clockOf, minutesOf, mondayOnWorkdays, slotTrouble, USUAL_SLOTS, weekMinutes, withSlot } from './calendarForm'

describe('working hours', () => {
  it('are forty a week as they usually are', () => {
    expect(weekMinutes(USUAL_SLOTS)).toBe(40 * 60)
    expect(slotTrouble(USUAL_SLOTS)).toBeUndefined()
  })

  it('are written as a clock shows them, up to midnight', () => {
    expect([clockOf(545), clockOf(0), clockOf(1440)]).toEqual(['09:05', '00:00', '00:00'])
    expect([minutesOf('09:05'), minutesOf('00:00'), minutesOf('00:00', true), minutesOf('')]).toEqual([545, 0, 1440, undefined])
  })

  it('need one hour at least, in order, and apart', () => {
    expect(slotTrouble([])).toEqual({ kind: 'no_hour' })
    expect(slotTrouble([[2, 600, 600]])).toEqual({ kind: 'order', day: 2 })
    expect(slotTrouble([[1, 540, 720], [1, 700, 800]])).toEqual({ kind: 'overlap', day: 1 })
    expect(slotTrouble([[1, 720, 800], [1, 540, 720]])).toBeUndefined()
  })

  it('of a day go on after its last ones', () => {
    expect(withSlot([[0, 540, 720]], 0)).toEqual([[0, 540, 720], [0, 780, 1320]])
    expect(withSlot([], 6)).toEqual([[6, 540, 1080]])
    expect(slotTrouble(withSlot([[0, 540, 1440]], 0))).toEqual({ kind: 'overlap', day: 0 })
  })

  it('of Monday can stand on every working day, while the weekend stays', () => {
    const all = mondayOnWorkdays([[0, 480, 600], [3, 900, 960], [5, 540, 600]])
    expect(all).toHaveLength(6)
    expect(all.filter(([day]) => day === 3)).toEqual([[3, 480, 600]])
    expect(all).toContainEqual([5, 540, 600])
  })
})
