import type { NavApp } from '../store/device'

export interface Place {
  name: string
  latitude: number
  longitude: number
}

export const NAV_APPS: readonly NavApp[] = ['naver', 'kakao', 'tmap', 'google', 'apple']

/**
 * The address that shows the way by car in one app.
 * Each app has its own order: TMAP takes x = longitude and y = latitude, the others latitude first.
 */
export function directionsTo(place: Place, app: NavApp, appName: string): string {
  const latitude = degrees(place.latitude)
  const longitude = degrees(place.longitude)
  const name = encodeURIComponent(place.name)
  switch (app) {
    case 'naver':
      return `nmap://route/car?dlat=${latitude}&dlng=${longitude}&dname=${name}&appname=${encodeURIComponent(appName)}`
    case 'kakao':
      return `kakaomap://route?ep=${latitude},${longitude}&by=car`
    case 'tmap':
      return `tmap://route?goalname=${name}&goalx=${longitude}&goaly=${latitude}`
    case 'google':
      return `https://www.google.com/maps/dir/?api=1&destination=${latitude},${longitude}`
    case 'apple':
      return `https://maps.apple.com/?daddr=${latitude},${longitude}`
  }
}

/** A map on the web, for when the chosen app is not on the phone. A comma would split the name. */
export function webMapOf(place: Place): string {
  const name = encodeURIComponent(place.name.replaceAll(',', ' '))
  return `https://map.kakao.com/link/to/${name},${degrees(place.latitude)},${degrees(place.longitude)}`
}

/** Apps with a scheme of their own do nothing when they are missing; web addresses always open. */
export function opensInApp(app: NavApp): boolean {
  return app === 'naver' || app === 'kakao' || app === 'tmap'
}

/** Seven decimals are a centimetre. Never an exponent, which a small number falls into and no app reads. */
function degrees(value: number): string {
  const plain = value.toFixed(7).replace(/\.?0+$/, '')
  return plain === '-0' ? '0' : plain
}
