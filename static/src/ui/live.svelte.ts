import { fromStore, type Readable } from 'svelte/store'
import type { Live } from '../store/live'

interface Watched<T> {
  readonly current: T
}

/** The present value of a live query. When the query changes, so does what is watched. */
export function watch<T>(query: () => Live<T>): Watched<T> {
  const store = $derived(fromStore(query() as Readable<T>))
  return {
    get current() {
      return store.current
    },
  }
}

/** As `watch`, but a list stays on screen until the next one is there. */
export function watchKeeping<T>(query: () => Live<T | undefined>): Watched<T | undefined> {
  const store = $derived(fromStore(query() as Readable<T | undefined>))
  let last: T | undefined
  const value = $derived.by(() => {
    last = store.current ?? last
    return last
  })
  return {
    get current() {
      return value
    },
  }
}
