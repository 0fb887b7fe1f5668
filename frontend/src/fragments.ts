// Swaps fragments of a page (htmx); what it may do is written in the meta tag htmx-config.
import htmx from 'htmx.org'

export function startHtmx(enhance: (root: ParentNode) => void): void {
  document.addEventListener('htmx:beforeSwap', (event) => {
    const detail = (event as CustomEvent).detail
    const status: number = detail.xhr.status
    if (status < 400 || status === 422) return
    // A refusal has a page of its own: show it instead of keeping silent.
    detail.shouldSwap = true
    detail.isError = false
    detail.target = document.body
    detail.swapOverride = 'innerHTML show:top'
    detail.selectOverride = 'unset'
  })
  htmx.onLoad((element) => {
    if (element instanceof Element) enhance(element)
  })
}
