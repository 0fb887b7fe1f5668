// Remembers which sections were unfolded on this page, until the browser window is closed.

function keyOf(details: HTMLDetailsElement): string {
  return `open:${location.pathname}#${details.dataset.remember || details.id}`
}

export function rememberDetails(root: ParentNode): void {
  for (const details of root.querySelectorAll<HTMLDetailsElement>('details[data-remember]')) {
    const kept = sessionStorage.getItem(keyOf(details))
    if (kept) details.open = kept === 'yes'
    details.addEventListener('toggle', () => {
      sessionStorage.setItem(keyOf(details), details.open ? 'yes' : 'no')
    })
  }
}

function closeAbove(target: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-popup][open]')) {
    if (!(target instanceof Node) || !menu.contains(target)) menu.open = false
  }
}

document.addEventListener('click', (event) => closeAbove(event.target))
document.addEventListener('focusin', (event) => closeAbove(event.target))
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  const menu = document.querySelector<HTMLDetailsElement>('details[data-popup][open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary')?.focus()
})
