// Leads to the summary of mistakes above a form, and from there into the field.

export function showErrors(root: ParentNode): void {
  root.querySelector<HTMLElement>('[data-error-summary]')?.focus()
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('[data-error-summary] a')
  if (!link) return
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)))
  if (!field) return
  event.preventDefault()
  field.focus()
  field.scrollIntoView({ block: 'center' })
})
