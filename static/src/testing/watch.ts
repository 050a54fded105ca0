import { onTestFinished } from 'vitest'
import type { Live } from '../store/live'

/** Collects what a live value says. */
export class Watch<T> {
  readonly values: T[] = []
  private readonly stop: () => void

  constructor(live: Live<T>) {
    this.stop = live.subscribe((value) => this.values.push(value)) as unknown as () => void
  }

  get last(): T {
    return this.values.at(-1) as T
  }

  /** Waits until the value is as wanted, and returns it. */
  async until<S extends T>(isWanted: (value: T) => value is S): Promise<S>
  async until(isWanted: (value: T) => boolean): Promise<T>
  async until(isWanted: (value: T) => boolean): Promise<T> {
    for (let waited = 0; waited < 5_000; waited += 5) {
      if (this.values.length > 0 && isWanted(this.last)) return this.last
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    throw new Error(`it never came; the last was ${JSON.stringify(this.last)}`)
  }

  end(): void {
    this.stop()
  }
}

/** One that ends with the test. */
export function watch<T>(live: Live<T>): Watch<T> {
  const watching = new Watch(live)
  onTestFinished(() => watching.end())
  return watching
}

export function isThere<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null
}
