import { number, numberOrNull, text, type Fields } from './fields'

export interface Site {
  id: string
  customer: string
  name: string
  address: string
  latitude: number | null
  longitude: number | null
  /** metres */
  geofence_m: number
  access_gate: string
  access_parking: string
  access_registration: string
  access_loading: string
  access_lunch: string
}

export function readSite(id: string, f: Fields): Site {
  return {
    id,
    customer: text(f, 'customer'),
    name: text(f, 'name'),
    address: text(f, 'address'),
    latitude: numberOrNull(f, 'latitude'),
    longitude: numberOrNull(f, 'longitude'),
    geofence_m: number(f, 'geofence_m'),
    access_gate: text(f, 'access_gate'),
    access_parking: text(f, 'access_parking'),
    access_registration: text(f, 'access_registration'),
    access_loading: text(f, 'access_loading'),
    access_lunch: text(f, 'access_lunch'),
  }
}
