import ClipboardList from '@lucide/svelte/icons/clipboard-list'
import House from '@lucide/svelte/icons/house'
import Lightbulb from '@lucide/svelte/icons/lightbulb'
import Newspaper from '@lucide/svelte/icons/newspaper'
import Plus from '@lucide/svelte/icons/plus'
import UserRound from '@lucide/svelte/icons/user-round'
import Wrench from '@lucide/svelte/icons/wrench'
import type { Job } from '../../shapes/member'
import type { TabPair } from '../../store/device'
import { to, type Route } from '../routes'

export const NAV_ITEMS = [
  { key: 'today', address: to.today, icon: House, shows: ['today'] },
  {
    key: 'tickets',
    address: to.tickets,
    icon: Wrench,
    shows: ['tickets', 'ticket', 'ticket-figures', 'causes', 'cause'],
  },
  { key: 'needs', address: to.needs, icon: Lightbulb, shows: ['needs', 'need'] },
  { key: 'customers', address: to.customers, icon: ClipboardList, shows: ['customers', 'customer', 'edit', 'conflicts', 'conflict'] },
  { key: 'record', address: to.record(), icon: Plus, shows: ['record'] },
  { key: 'feed', address: to.feed, icon: Newspaper, shows: ['feed', 'visit'] },
  { key: 'me', address: to.me, icon: UserRound, shows: ['me', 'manage', 'parked', 'phones', 'notifications', 'chips', 'calendars', 'promises'] },
] as const satisfies readonly { shows: readonly Route['name'][]; [key: string]: unknown }[]

export type NavItem = (typeof NAV_ITEMS)[number]
export type NavKey = NavItem['key']

/** The two tabs beside Record that change with what somebody does. */
export const TAB_PAIRS = {
  customers_feed: ['customers', 'feed'],
  needs_customers: ['needs', 'customers'],
  needs_feed: ['needs', 'feed'],
  tickets_customers: ['tickets', 'customers'],
  tickets_needs: ['tickets', 'needs'],
} as const satisfies Record<TabPair, readonly [NavKey, NavKey]>

const USUAL: Partial<Record<Job, TabPair>> = { rnd: 'needs_customers', technical: 'tickets_customers' }

export function usualTabs(job: Job | undefined): TabPair {
  return (job && USUAL[job]) ?? 'customers_feed'
}

/** Five at most; the middle one is always Record. */
export function tabsOf(pair: TabPair): NavItem[] {
  const [second, fourth] = TAB_PAIRS[pair]
  return (['today', second, 'record', fourth, 'me'] as const).map((key) => NAV_ITEMS.find((item) => item.key === key)!)
}

/** The places that have no tab: they open from Me. */
export function withoutTab(pair: TabPair): NavItem[] {
  const shown = tabsOf(pair)
  return NAV_ITEMS.filter((item) => !shown.includes(item))
}

export function isShown(item: NavItem, route: Route): boolean {
  return (item.shows as readonly string[]).includes(route.name)
}
