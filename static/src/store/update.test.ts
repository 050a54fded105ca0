import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Watch } from '../testing/watch'

/** Stand-ins for what the browser has: workers, their registration, the page. */
class Worker extends EventTarget {
  readonly got: unknown[] = []

  postMessage(message: unknown): void {
    this.got.push(message)
  }
}

class Registration extends EventTarget {
  installing: Worker | null = null
  waiting: Worker | null = null

  async update(): Promise<void> {}
}

class Container extends EventTarget {
  controller: Worker | null = new Worker()
  readonly registration = new Registration()

  async register(): Promise<Registration> {
    return this.registration
  }
}

let browser: Container
let reloads: number

function change(worker: Worker): void {
  worker.dispatchEvent(new Event('statechange'))
}

/** The browser has found a version and fetches it. */
function find(): Worker {
  const worker = new Worker()
  browser.registration.installing = worker
  browser.registration.dispatchEvent(new Event('updatefound'))
  return worker
}

/** It is on the phone, and takes the place of any that waited. */
function finish(worker: Worker): void {
  const { registration } = browser
  const former = registration.waiting
  Object.assign(registration, { installing: null, waiting: worker })
  if (former) change(former)
  change(worker)
}

/** It serves the pages from now on, this one too. */
function activate(worker: Worker): void {
  browser.registration.waiting = null
  change(worker)
  browser.controller = worker
  browser.dispatchEvent(new Event('controllerchange'))
}

/** A page opens: what it knows of updates begins anew. */
async function open() {
  vi.resetModules()
  const update = await import('./update')
  await update.watchUpdates()
  return { ...update, isReady: new Watch(update.isUpdateReady) }
}

beforeEach(() => {
  browser = new Container()
  reloads = 0
  vi.stubGlobal('navigator', { serviceWorker: browser })
  vi.stubGlobal('location', { reload: () => (reloads += 1) })
  vi.stubGlobal('document', new EventTarget())
})

afterEach(() => vi.unstubAllGlobals())

describe('a new version of the app', () => {
  it('is told when it is on the phone', async () => {
    const page = await open()
    const worker = find()
    expect(page.isReady.last).toBe(false)
    finish(worker)
    expect(page.isReady.last).toBe(true)
  })

  it('is told to a page that opened when it had long been waiting', async () => {
    finish(find())
    expect((await open()).isReady.last).toBe(true)
  })

  it('is told to a page that opened while it was being fetched', async () => {
    const worker = find()
    const page = await open()
    finish(worker)
    expect(page.isReady.last).toBe(true)
  })

  it('is taken in its newest form: the one that waited before has gone', async () => {
    const page = await open()
    const former = find()
    finish(former)
    const newest = find()
    finish(newest)
    page.takeUpdate()
    expect(former.got).toEqual([])
    expect(newest.got).toEqual([{ type: 'take_over' }])
  })

  it('is asked for again until it serves the page: one that was not running may not have heard it', async () => {
    vi.useFakeTimers()
    const page = await open()
    const worker = find()
    finish(worker)
    const isTaken = new Watch(page.isUpdateTaken)
    expect(isTaken.last).toBe(false)
    page.takeUpdate()
    expect(isTaken.last).toBe(true)
    page.takeUpdate()
    vi.advanceTimersByTime(3_500)
    expect(worker.got).toHaveLength(3)
    activate(worker)
    vi.advanceTimersByTime(10_000)
    expect(worker.got).toHaveLength(3)
    vi.useRealTimers()
  })

  it('is offered no longer once it serves the page', async () => {
    const page = await open()
    const worker = find()
    finish(worker)
    const release = page.holdUpdate()
    activate(worker)
    expect(page.isReady.last).toBe(false)
    expect(reloads).toBe(0)
    release()
    expect(reloads).toBe(1)
  })

  it('waits for a form that is being filled in', async () => {
    const page = await open()
    const worker = find()
    finish(worker)
    const release = page.holdUpdate()
    page.takeUpdate()
    expect(worker.got).toEqual([])
    release()
    expect(worker.got).toEqual([{ type: 'take_over' }])
  })
})

describe('the page', () => {
  it('stays when the very first version comes to serve it, which is no update', async () => {
    browser.controller = null
    const page = await open()
    const first = find()
    finish(first)
    expect(page.isReady.last).toBe(false)
    activate(first)
    expect(reloads).toBe(0)
  })

  it('is loaded again for the next version although it was open before the first', async () => {
    browser.controller = null
    await open()
    const first = find()
    finish(first)
    activate(first)
    const next = find()
    finish(next)
    activate(next)
    expect(reloads).toBe(1)
  })
})
