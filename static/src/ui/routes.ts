import type { CustomerName } from '../shapes/shared'
import { RECORDS, type RecordAs } from '../store/device'

/** Every address of the app and what it shows. */
export type Route =
  | { name: 'today' }
  | { name: 'customers' }
  | { name: 'customer'; id: string }
  | { name: 'edit'; customer: string; shape: CustomerName; id: string }
  | { name: 'conflicts' }
  | { name: 'conflict'; id: string }
  | { name: 'visit'; id: string }
  | { name: 'record'; customer?: string; visit?: string; as?: RecordAs }
  | { name: 'plan'; customer?: string }
  | { name: 'outbox' }
  | { name: 'feed' }
  | { name: 'needs' }
  | { name: 'need'; id: string }
  | { name: 'tickets' }
  | { name: 'ticket'; id: string }
  | { name: 'ticket-figures' }
  | { name: 'causes' }
  | { name: 'cause'; id: string }
  | { name: 'notifications' }
  | { name: 'me' }
  | { name: 'manage' }
  | { name: 'parked'; id?: string }
  /** own: one's own, opened from Me; otherwise those of everybody one answers for */
  | { name: 'phones'; isOwn: boolean; id?: string }
  /** what administrators set up for tickets */
  | { name: 'chips' }
  | { name: 'calendars' }
  | { name: 'promises' }
  | { name: 'sign-in' }
  | { name: 'lost' }

const PLAIN = {
  '': 'today',
  customers: 'customers',
  conflicts: 'conflicts',
  record: 'record',
  plan: 'plan',
  outbox: 'outbox',
  feed: 'feed',
  needs: 'needs',
  tickets: 'tickets',
  causes: 'causes',
  notifications: 'notifications',
  me: 'me',
  manage: 'manage',
} as const

/** The route of an address; anything unknown is `lost`, which says so on screen. */
export function readAddress(pathname: string, search = ''): Route {
  const [first = '', second, ...rest] = pathname.split('/').filter(Boolean).map(decode)
  if (first === 'manage' && second !== undefined) return readManage(second, rest) ?? { name: 'lost' }
  if (rest.length > 0) return (first === 'customers' ? readEdit(second ?? '', rest) : undefined) ?? { name: 'lost' }
  const query = new URLSearchParams(search)
  if (second !== undefined) {
    if (first === 'customers') return { name: 'customer', id: second }
    if (first === 'conflicts') return { name: 'conflict', id: second }
    if (first === 'phones') return { name: 'phones', isOwn: true, id: second }
    if (first === 'visits') return { name: 'visit', id: second }
    if (first === 'record') return recording({ name: 'record', customer: second }, query)
    if (first === 'needs') return { name: 'need', id: second }
    if (first === 'tickets') return second === 'figures' ? { name: 'ticket-figures' } : { name: 'ticket', id: second }
    if (first === 'causes') return { name: 'cause', id: second }
    return { name: 'lost' }
  }
  if (first === 'sign-in') return { name: 'sign-in' }
  if (first === 'phones') return { name: 'phones', isOwn: true }
  if (first === 'record') return recording({ name: 'record' }, query)
  if (first === 'plan') return withValues({ name: 'plan' }, query, 'customer')
  if (Object.hasOwn(PLAIN, first)) return { name: PLAIN[first as keyof typeof PLAIN] }
  return { name: 'lost' }
}

const PARTS: Readonly<Record<string, CustomerName>> = { sites: 'site', contacts: 'contact', assets: 'asset' }

/** /customers/c/edit, /customers/c/sites/s, /customers/c/contacts/p, /customers/c/assets/a */
function readEdit(customer: string, [what, id, ...more]: string[]): Route | undefined {
  if (more.length > 0) return undefined
  if (what === 'edit' && id === undefined) return { name: 'edit', customer, shape: 'customer', id: customer }
  const shape = what !== undefined && Object.hasOwn(PARTS, what) ? PARTS[what] : undefined
  return id === undefined || shape === undefined ? undefined : { name: 'edit', customer, shape, id }
}

const SET_UP = ['chips', 'calendars', 'promises'] as const

/** /manage/parked, /manage/parked/1, /manage/phones, /manage/phones/1, /manage/chips */
function readManage(what: string, [id, ...more]: string[]): Route | undefined {
  if (more.length > 0) return undefined
  const setUp = SET_UP.find((one) => one === what)
  if (setUp !== undefined) return id === undefined ? { name: setUp } : undefined
  const part = id === undefined ? {} : { id }
  if (what === 'parked') return { name: 'parked', ...part }
  return what === 'phones' ? { name: 'phones', isOwn: false, ...part } : undefined
}

function withValues<R extends Route>(route: R, query: URLSearchParams, key: string): R {
  const value = query.get(key)
  return value ? { ...route, [key]: value } : route
}

function recording(route: Extract<Route, { name: 'record' }>, query: URLSearchParams): Route {
  const as = RECORDS.find((one) => one === query.get('as'))
  return { ...withValues(route, query, 'visit'), ...(as ? { as } : {}) }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const to = {
  today: '/',
  customers: '/customers',
  feed: '/feed',
  needs: '/needs',
  tickets: '/tickets',
  ticketFigures: '/tickets/figures',
  causes: '/causes',
  chips: '/manage/chips',
  calendars: '/manage/calendars',
  promises: '/manage/promises',
  notifications: '/notifications',
  me: '/me',
  outbox: '/outbox',
  signIn: '/sign-in',
  conflicts: '/conflicts',
  manage: '/manage',
  parked: '/manage/parked',
  parkedEntry: (id: number) => `/manage/parked/${id}`,
  phones: (isOwn: boolean) => (isOwn ? '/phones' : '/manage/phones'),
  phone: (isOwn: boolean, id: number) => `${to.phones(isOwn)}/${id}`,
  customer: (id: string) => `/customers/${encodeURIComponent(id)}`,
  editCustomer: (id: string) => `/customers/${encodeURIComponent(id)}/edit`,
  editSite: (customer: string, id: string) => `/customers/${encodeURIComponent(customer)}/sites/${encodeURIComponent(id)}`,
  editContact: (customer: string, id: string) => `/customers/${encodeURIComponent(customer)}/contacts/${encodeURIComponent(id)}`,
  editAsset: (customer: string, id: string) => `/customers/${encodeURIComponent(customer)}/assets/${encodeURIComponent(id)}`,
  conflict: (id: string) => `/conflicts/${encodeURIComponent(id)}`,
  visit: (id: string) => `/visits/${encodeURIComponent(id)}`,
  plan: (customer?: string) => (customer ? `/plan?customer=${encodeURIComponent(customer)}` : '/plan'),
  need: (id: string) => `/needs/${encodeURIComponent(id)}`,
  ticket: (id: string) => `/tickets/${encodeURIComponent(id)}`,
  cause: (id: string) => `/causes/${encodeURIComponent(id)}`,
  record: (customer?: string, visit?: string, as?: RecordAs) => {
    const path = customer ? `/record/${encodeURIComponent(customer)}` : '/record'
    const query = new URLSearchParams({ ...(visit ? { visit } : {}), ...(as ? { as } : {}) }).toString()
    return query ? `${path}?${query}` : path
  },
}

/** Where Back leads when the app was opened by a link and has no history of its own. */
export function parentOf(route: Route): string {
  switch (route.name) {
    case 'customer':
      return to.customers
    case 'edit':
      return to.customer(route.customer)
    case 'conflict':
      return to.conflicts
    case 'conflicts':
    case 'manage':
      return to.me
    case 'chips':
    case 'calendars':
    case 'promises':
      return to.manage
    case 'parked':
      return route.id === undefined ? to.manage : to.parked
    case 'phones':
      if (route.id !== undefined) return to.phones(route.isOwn)
      return route.isOwn ? to.me : to.manage
    case 'visit':
      return to.feed
    case 'need':
      return to.needs
    case 'ticket':
    case 'ticket-figures':
    case 'causes':
      return to.tickets
    case 'cause':
      return to.causes
    case 'notifications':
      return to.me
    case 'record':
      return route.customer ? to.customer(route.customer) : to.today
    case 'plan':
      return route.customer ? to.customer(route.customer) : to.today
    default:
      return to.today
  }
}
