/** Every address of the app and what it shows. */
export type Route =
  | { name: 'today' }
  | { name: 'customers' }
  | { name: 'customer'; id: string }
  | { name: 'visit'; id: string }
  | { name: 'record'; customer?: string; visit?: string }
  | { name: 'plan'; customer?: string }
  | { name: 'outbox' }
  | { name: 'feed' }
  | { name: 'me' }
  | { name: 'sign-in' }
  | { name: 'lost' }

const PLAIN = { '': 'today', customers: 'customers', record: 'record', plan: 'plan', outbox: 'outbox', feed: 'feed', me: 'me' } as const

/** The route of an address; anything unknown is `lost`, which says so on screen. */
export function readAddress(pathname: string, search = ''): Route {
  const [first = '', second, ...rest] = pathname.split('/').filter(Boolean).map(decode)
  if (rest.length > 0) return { name: 'lost' }
  const query = new URLSearchParams(search)
  if (second !== undefined) {
    if (first === 'customers') return { name: 'customer', id: second }
    if (first === 'visits') return { name: 'visit', id: second }
    if (first === 'record') return withValues({ name: 'record', customer: second }, query, 'visit')
    return { name: 'lost' }
  }
  if (first === 'sign-in') return { name: 'sign-in' }
  if (first === 'record') return withValues({ name: 'record' }, query, 'visit')
  if (first === 'plan') return withValues({ name: 'plan' }, query, 'customer')
  if (Object.hasOwn(PLAIN, first)) return { name: PLAIN[first as keyof typeof PLAIN] }
  return { name: 'lost' }
}

function withValues<R extends Route>(route: R, query: URLSearchParams, key: string): R {
  const value = query.get(key)
  return value ? { ...route, [key]: value } : route
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
  me: '/me',
  outbox: '/outbox',
  signIn: '/sign-in',
  customer: (id: string) => `/customers/${encodeURIComponent(id)}`,
  visit: (id: string) => `/visits/${encodeURIComponent(id)}`,
  plan: (customer?: string) => (customer ? `/plan?customer=${encodeURIComponent(customer)}` : '/plan'),
  record: (customer?: string, visit?: string) => {
    const path = customer ? `/record/${encodeURIComponent(customer)}` : '/record'
    return visit ? `${path}?visit=${encodeURIComponent(visit)}` : path
  },
}

/** Where Back leads when the app was opened by a link and has no history of its own. */
export function parentOf(route: Route): string {
  switch (route.name) {
    case 'customer':
      return to.customers
    case 'visit':
      return to.feed
    case 'record':
      return route.customer ? to.customer(route.customer) : to.today
    case 'plan':
      return route.customer ? to.customer(route.customer) : to.today
    default:
      return to.today
  }
}
