import type { Component } from 'svelte'
import type { Route } from './routes'

type Name = Route['name']
// Each screen takes its own values from the route; here they only have to be kept.
type Screen = Component<Record<string, unknown>>
type Chunk = () => Promise<{ default: unknown }>

const customers: Chunk = () => import('./screens/Customers.svelte')
const conflicts: Chunk = () => import('./screens/Conflicts.svelte')
const needs: Chunk = () => import('./screens/Needs.svelte')
const tickets: Chunk = () => import('./screens/Tickets.svelte')
const causes: Chunk = () => import('./screens/Causes.svelte')
const feed: Chunk = () => import('./screens/Feed.svelte')

/** Sign-in comes with the first load; every screen behind it is a piece of its own. */
const CHUNKS: Partial<Record<Name, Chunk>> = {
  today: () => import('./screens/Today.svelte'),
  customers,
  customer: customers,
  edit: () => import('./screens/Edit.svelte'),
  conflicts,
  conflict: conflicts,
  feed,
  visit: feed,
  needs,
  need: needs,
  tickets,
  ticket: tickets,
  'ticket-figures': () => import('./screens/TicketFigures.svelte'),
  causes,
  cause: causes,
  notifications: () => import('./screens/Notifications.svelte'),
  record: () => import('./screens/Record.svelte'),
  plan: () => import('./screens/Plan.svelte'),
  outbox: () => import('./screens/Outbox.svelte'),
  me: () => import('./screens/Me.svelte'),
  manage: () => import('./screens/Manage.svelte'),
  parked: () => import('./screens/ParkedEntries.svelte'),
  phones: () => import('./screens/Phones.svelte'),
  chips: () => import('./screens/SetUpChips.svelte'),
  calendars: () => import('./screens/SetUpCalendars.svelte'),
  promises: () => import('./screens/SetUpPromises.svelte'),
}

let loaded = $state.raw<Partial<Record<Name, Screen>>>({})

/** The screen of a route, where its piece is there. */
export function screenOf(name: Name): Screen | undefined {
  return loaded[name]
}

/** Fetches the piece a route needs. False when it cannot be had now. */
export async function loadScreen(name: Name): Promise<boolean> {
  const chunk = CHUNKS[name]
  if (!chunk || loaded[name]) return true
  try {
    const { default: screen } = await chunk()
    loaded = { ...loaded, [name]: screen as Screen }
    return true
  } catch {
    return false
  }
}

/** Fetches the rest while nothing else is to do, so that no tap waits for the network. */
export function loadAllScreens(): void {
  const whenIdle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500))
  whenIdle(() => {
    for (const name of Object.keys(CHUNKS) as Name[]) void loadScreen(name)
  })
}
