import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

/** Keeps the shell of the app, and nothing of anybody's work: rows and entries are the page's own business. */

const FONTS = 'fieldops-fonts'

/** What the server answers itself. */
const SERVER = [/^\/api(\/|$)/, /^\/admin(\/|$)/, /^\/_allauth(\/|$)/, /^\/static(\/|$)/, /^\/media(\/|$)/, /^\/metrics$/, /^\/healthz$/, /^\/readyz$/]

/** What pages ask the server for all day long. */
const ASKED = ['/api/*', '/_allauth/*']

/** Browsers that can send a request past the worker by an address alone, as of Chromium 123. */
interface RoutingInstall extends ExtendableEvent {
  addRoutes?(rules: readonly { condition: { urlPattern: string }; source: 'network' }[]): Promise<void>
}

// The worker has no say in them, and whatever wakes it puts off its end: a newer version takes over only when this
// one has had nothing to do for half a minute, or else after five.
self.addEventListener('install', (event: RoutingInstall) => {
  const rules = ASKED.map((urlPattern) => ({ condition: { urlPattern }, source: 'network' as const }))
  if (event.addRoutes) event.waitUntil(event.addRoutes(rules).catch(() => undefined))
})

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: SERVER }))

/** Names of fonts carry a hash, so one that is kept never grows old. */
async function font(request: Request): Promise<Response> {
  const cache = await caches.open(FONTS)
  const kept = await cache.match(request)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.destination === 'font',
  ({ request }) => font(request),
)

// A new version waits until the page says that no form is open.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'take_over') event.waitUntil(self.skipWaiting())
})

// The first version serves the page that installed it, so that it works offline without being loaded again.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
