import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findPosition } from './position'

type Good = (position: GeolocationPosition) => void
type Bad = (error: GeolocationPositionError) => void

/** A phone's location service that says what the test tells it to. */
class Satellites {
  good: Good = () => {}
  bad: Bad = () => {}
  cleared: number[] = []

  readonly source = {
    watchPosition: (good: Good, bad: Bad) => {
      this.good = good
      this.bad = bad
      return 7
    },
    clearWatch: (id: number) => this.cleared.push(id),
    getCurrentPosition: () => {},
  } as unknown as Geolocation

  see(accuracy: number, ageMs = 0): void {
    const coords = { latitude: 37.5, longitude: 127, accuracy } as GeolocationCoordinates
    this.good({ coords, timestamp: Date.now() - ageMs } as GeolocationPosition)
  }

  fail(code: number): void {
    this.bad({ code, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 } as GeolocationPositionError)
  }
}

describe('one point of the phone', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is taken at once when it is good', async () => {
    const satellites = new Satellites()
    const { fix } = findPosition(satellites.source)
    satellites.see(12, 4_000)
    expect(await fix).toEqual({ latitude: 37.5, longitude: 127, accuracy: 12, ageS: 4 })
    expect(satellites.cleared).toEqual([7])
  })

  it('is the best so far when the time is up', async () => {
    const satellites = new Satellites()
    const { fix } = findPosition(satellites.source)
    satellites.see(400)
    satellites.see(90)
    satellites.see(250)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await fix).toMatchObject({ accuracy: 90, ageS: 20 })
  })

  it('is a blunt one of now rather than a sharp one from down the road', async () => {
    const satellites = new Satellites()
    const { fix } = findPosition(satellites.source)
    satellites.see(10, 240_000)
    satellites.see(80)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await fix).toMatchObject({ accuracy: 80 })
  })

  it('is an old one when no other comes, with its age', async () => {
    const satellites = new Satellites()
    const looking = findPosition(satellites.source)
    satellites.see(10, 240_000)
    looking.stop()
    expect(await looking.fix).toMatchObject({ accuracy: 10, ageS: 240 })
  })

  it('is null when none came in time', async () => {
    const { fix } = findPosition(new Satellites().source)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await fix).toBeNull()
  })

  it('is null at once when refused, and where there is no such service', async () => {
    const satellites = new Satellites()
    const { fix } = findPosition(satellites.source)
    satellites.fail(1)
    expect(await fix).toBeNull()
    expect(await findPosition(undefined).fix).toBeNull()
  })

  it('outlives a signal that is lost for a moment', async () => {
    const satellites = new Satellites()
    const { fix } = findPosition(satellites.source)
    satellites.fail(2)
    satellites.see(20)
    expect(await fix).toMatchObject({ accuracy: 20 })
  })

  it('is what there was when the person does not wait', async () => {
    const satellites = new Satellites()
    const looking = findPosition(satellites.source)
    satellites.see(300)
    looking.stop()
    expect(await looking.fix).toMatchObject({ accuracy: 300 })
  })
})
