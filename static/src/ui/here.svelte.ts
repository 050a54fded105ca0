import type { Here } from '../store/visits'
import { findPosition, positionIfAllowed, type Fix, type Looking } from './position'

const FORGET_MS = 300_000

let here = $state.raw<Here>()
let forget: ReturnType<typeof setTimeout> | undefined

/** Where the phone was at the last tap that asked, for five minutes. It is kept nowhere else. */
export const place = {
  get here() {
    return here
  },
}

/** Looks for the point of an arrival. */
export function lookForArrival(): Looking {
  const looking = findPosition(navigator.geolocation)
  void looking.fix.then(remember)
  return looking
}

/** Sorts by distance where the person has allowed it before; never asks. */
export async function lookQuietly(): Promise<void> {
  if (!here) remember(await positionIfAllowed())
}

function remember(fix: Fix | null): void {
  if (!fix) return
  here = { latitude: fix.latitude, longitude: fix.longitude }
  clearTimeout(forget)
  forget = setTimeout(() => (here = undefined), FORGET_MS)
}
