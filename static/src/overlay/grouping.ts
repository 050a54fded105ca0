import type { Need } from '../shapes/need'
import type { Ground } from './ground'

/** The need that speaks for this one; itself when it is not merged, or when what is above is not known. */
export function topOf(need: Need, find: (id: string) => Need | undefined): Need {
  const passed = new Set<string>()
  let top = need
  while (top.merged_into !== null && !passed.has(top.id)) {
    passed.add(top.id)
    const above = find(top.merged_into)
    if (above === undefined) break
    top = above
  }
  return top
}

export function headOf(need: Need, ground: Ground): Need {
  return topOf(need, (id) => ground.need(id))
}

/** A need and all that are grouped under it, by whatever way. */
export function groupOf(id: string, needs: readonly Need[]): Set<string> {
  const found = new Set([id])
  for (let size = 0; size < found.size; ) {
    size = found.size
    for (const need of needs) if (need.merged_into !== null && found.has(need.merged_into)) found.add(need.id)
  }
  return found
}
