import ClipboardList from '@lucide/svelte/icons/clipboard-list'
import House from '@lucide/svelte/icons/house'
import Newspaper from '@lucide/svelte/icons/newspaper'
import Plus from '@lucide/svelte/icons/plus'
import UserRound from '@lucide/svelte/icons/user-round'
import { to, type Route } from '../routes'

export const NAV_ITEMS = [
  { key: 'today', address: to.today, icon: House, shows: ['today'] },
  { key: 'customers', address: to.customers, icon: ClipboardList, shows: ['customers', 'customer', 'edit', 'conflicts', 'conflict'] },
  { key: 'record', address: to.record(), icon: Plus, shows: ['record'] },
  { key: 'feed', address: to.feed, icon: Newspaper, shows: ['feed', 'visit'] },
  { key: 'me', address: to.me, icon: UserRound, shows: ['me', 'manage', 'parked', 'phones'] },
] as const satisfies readonly { shows: readonly Route['name'][]; [key: string]: unknown }[]

export type NavItem = (typeof NAV_ITEMS)[number]

export function isShown(item: NavItem, route: Route): boolean {
  return (item.shows as readonly string[]).includes(route.name)
}
