// Keeps what was opened in the family portal readable without network. Only answers that everybody may keep are kept.
const KEPT = 'kommpass-portal-1'
const MOST_PAGES = 60

self.addEventListener('install', event => {
  event.waitUntil(caches.open(KEPT).then(cache => cache.add(self.OFFLINE)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  const old = names => Promise.all(names.filter(name => name.startsWith('kommpass-portal-') && name !== KEPT).map(name => caches.delete(name)))
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()))
})

self.addEventListener('fetch', event => {
  const request = event.request
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== location.origin || request.headers.has('range')) return
  if (address.pathname.includes('/static/')) event.respondWith(keptFirst(request))
  else if (request.destination === 'image') event.respondWith(fetch(request).catch(nothing))
  else if (request.mode === 'navigate') event.respondWith(networkFirst(request))
})

async function keptFirst(request) {
  const cache = await caches.open(KEPT)
  const known = await cache.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

// Without network the map shows its districts and no torn pictures.
function nothing() {
  return new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { 'Content-Type': 'image/svg+xml' } })
}

async function networkFirst(request) {
  const cache = await caches.open(KEPT)
  try {
    const answer = await fetch(request)
    if (answer.ok && (answer.headers.get('Cache-Control') || '').includes('public')) {
      await cache.put(request, answer.clone())
      await forgetOldest(cache)
    }
    return answer
  } catch {
    return (await cache.match(request)) || (await cache.match(self.OFFLINE))
  }
}

async function forgetOldest(cache) {
  const pages = (await cache.keys()).filter(each => !each.url.includes('/static/') && !each.url.endsWith(self.OFFLINE))
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST_PAGES)).map(each => cache.delete(each)))
}
