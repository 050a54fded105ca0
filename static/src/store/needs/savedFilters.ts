import { writable } from 'svelte/store'
import { onCurrentPhone } from '../../db/current'
import { loadDraft, saveDraft } from '../drafts'
import type { Live } from '../live'

/** A way of looking at needs that somebody gave a name; what it holds is the screen's to know. */
export interface Named {
  name: string
}

const KEY = 'filters:needs'
const kept = writable<readonly Named[]>([])

onCurrentPhone(() => {
  kept.set([])
  void loadDraft<Named[]>(KEY).then((found) => kept.set(found ?? []))
})

/** Those of this member on this phone, in the order in which they were saved. */
export function savedFilters<T extends Named>(): Live<readonly T[]> {
  return { subscribe: kept.subscribe } as Live<readonly T[]>
}

function change(next: (filters: readonly Named[]) => readonly Named[]): void {
  kept.update((filters) => {
    const changed = next(filters)
    void saveDraft(KEY, changed)
    return changed
  })
}

/** Keeps it; one of the same name is replaced. */
export function saveFilter(filter: Named): void {
  change((filters) => [...filters.filter(({ name }) => name !== filter.name), filter])
}

export function forgetFilter(name: string): void {
  change((filters) => filters.filter((one) => one.name !== name))
}
