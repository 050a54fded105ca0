import { describe, expect, it } from 'vitest'
import { directionsTo, NAV_APPS, opensInApp, webMapOf } from './directions'

const plant = { name: '대한철강 1공장 & 창고', latitude: 37.5665851, longitude: 126.9782038 }

describe('directions', () => {
  it('names the app to Naver, which refuses a route without it', () => {
    expect(directionsTo(plant, 'naver', 'fieldops.example')).toBe(
      `nmap://route/car?dlat=37.5665851&dlng=126.9782038&dname=${encodeURIComponent(plant.name)}&appname=fieldops.example`,
    )
  })

  it('gives KakaoMap latitude first', () => {
    expect(directionsTo(plant, 'kakao', 'x')).toBe('kakaomap://route?ep=37.5665851,126.9782038&by=car')
  })

  it('gives TMAP longitude as x and latitude as y', () => {
    const url = new URL(directionsTo(plant, 'tmap', 'x'))
    expect(url.searchParams.get('goalx')).toBe('126.9782038')
    expect(url.searchParams.get('goaly')).toBe('37.5665851')
    expect(url.searchParams.get('goalname')).toBe(plant.name)
  })

  it('opens Google and Apple on the web', () => {
    expect(directionsTo(plant, 'google', 'x')).toBe(
      'https://www.google.com/maps/dir/?api=1&destination=37.5665851,126.9782038',
    )
    expect(directionsTo(plant, 'apple', 'x')).toBe('https://maps.apple.com/?daddr=37.5665851,126.9782038')
  })

  it('falls back to a web map whose name cannot split the address', () => {
    const address = webMapOf({ ...plant, name: '가, 나/다' })
    expect(address).toBe(`https://map.kakao.com/link/to/${encodeURIComponent('가  나/다')},37.5665851,126.9782038`)
  })

  it('keeps names from breaking out of the query in every app', () => {
    for (const app of NAV_APPS) {
      const address = directionsTo({ ...plant, name: 'a&goalx=0#b' }, app, 'x')
      expect(address).not.toContain('a&goalx=0')
      expect(address).not.toContain('#b')
    }
  })

  it('writes plain decimals, never an exponent', () => {
    const address = directionsTo({ name: 'x', latitude: 0.0000004, longitude: -0 }, 'google', 'x')
    expect(address).toContain('destination=0.0000004,0')
  })

  it('knows which apps may be missing', () => {
    expect(NAV_APPS.filter(opensInApp)).toEqual(['naver', 'kakao', 'tmap'])
  })
})
