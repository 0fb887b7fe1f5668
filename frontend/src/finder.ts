// The family portal, a little more comfortable: marked offers on this device, my place, and reading without network.
const STORE = 'kommpass-marked'

function marked(): string[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]')
    return Array.isArray(known) ? known.filter((each): each is string => typeof each === 'string') : []
  } catch {
    return []
  }
}

function keep(keys: string[]): void {
  try {
    localStorage.setItem(STORE, JSON.stringify(keys.slice(-100)))
  } catch {
    // A browser that keeps nothing: the bookmark of the page is still there.
  }
}

function showMarks(root: ParentNode): void {
  const keys = marked()
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-mark]')) {
    button.hidden = false
    button.setAttribute('aria-pressed', String(keys.includes(button.dataset.mark ?? '')))
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-favourites]')) {
    const address = new URL(link.href)
    if (keys.length) address.searchParams.set('o', keys.join(','))
    else address.searchParams.delete('o')
    link.href = address.href
  }
  for (const count of document.querySelectorAll('[data-favourites-count]')) count.textContent = keys.length ? `(${keys.length})` : ''
}

function followMarks(): void {
  document.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-mark]')
    const key = button?.dataset.mark
    if (!key) return
    const keys = marked()
    keep(keys.includes(key) ? keys.filter(each => each !== key) : [...keys, key])
    showMarks(document)
  })
}

function startWorker(): void {
  const manifest = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')
  if (!manifest || !('serviceWorker' in navigator)) return
  // Whoever cannot have one (a private window, an old phone) reads the same pages with network.
  navigator.serviceWorker.register(new URL('worker.js', manifest.href)).catch(() => undefined)
}

export function startFinder(root: ParentNode): void {
  showMarks(root)
}

export function startFinderOnce(): void {
  followMarks()
  startWorker()
}
