import { liveQuery } from 'dexie'
import { readable } from 'svelte/store'
import { onCurrentPhone } from '../db/current'
import type { Phone } from '../db/schema'

/** A value that goes on: the first comes at once, the next whenever it changes. */
export interface Live<T> {
  subscribe(run: (value: T) => void): () => void
}

const AGAIN_MS = 500

/** Follows one query on one database. A query that failed (the connection was lost) is asked again. */
export function follow<T>(phone: Phone, query: (phone: Phone) => Promise<T>, set: (value: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop: () => void = () => undefined
  const start = () => {
    const watching = liveQuery(async () => query(phone)).subscribe(set, () => {
      timer = setTimeout(start, AGAIN_MS)
    })
    stop = () => watching.unsubscribe()
  }
  start()
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** The answer of a query on the open database, over and over; `empty` while there is none. */
export function live<T, E>(query: (phone: Phone) => Promise<T>, empty: E): Live<T | E> {
  return readable<T | E>(empty, (set) => {
    let stop: () => void = () => undefined
    const leave = onCurrentPhone((phone) => {
      stop()
      stop = () => undefined
      set(empty)
      if (phone !== undefined) stop = follow(phone, query, set)
    })
    return () => {
      leave()
      stop()
    }
  })
}

/** The answer of a query in one read transaction, so that base and overlay are of the same moment. */
export async function readOnce<T>(phone: Phone, query: (phone: Phone) => Promise<T>): Promise<T> {
  return phone.transaction('r', phone.tables, async () => query(phone))
}

/** As `readOnce`, over and over. */
export function liveRead<T>(query: (phone: Phone) => Promise<T>): Live<T | undefined> {
  return live((phone) => readOnce(phone, query), undefined)
}
