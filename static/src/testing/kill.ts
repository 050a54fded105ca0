/** Ends the phone's life at the nth write to IndexedDB: the transaction under way is lost, as when a tab is closed. */
export class Kill {
  private count = 0
  private readonly undo: (() => void)[] = []

  constructor(private readonly at: number) {
    for (const name of ['put', 'add', 'delete', 'clear'] as const) this.watch(name)
  }

  get happened(): boolean {
    return this.count >= this.at
  }

  get writes(): number {
    return this.count
  }

  restore(): void {
    this.undo.forEach((restore) => restore())
  }

  private watch(name: 'put' | 'add' | 'delete' | 'clear'): void {
    const store = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => unknown>
    const original = store[name]!
    const kill = this
    store[name] = function (this: IDBObjectStore, ...args: unknown[]) {
      kill.count += 1
      if (kill.count >= kill.at) {
        this.transaction.abort()
        throw new DOMException('the tab was closed', 'AbortError')
      }
      return original.apply(this, args)
    }
    this.undo.push(() => (store[name] = original))
  }
}
