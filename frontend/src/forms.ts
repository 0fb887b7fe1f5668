// Forms: one click is one click, and nobody loses a text by leaving the page unawares.

const changed = new Set<HTMLFormElement>()

function formOf(event: Event): HTMLFormElement | null {
  return event.target instanceof Element ? event.target.closest('form') : null
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sending
  for (const button of form.querySelectorAll('[data-sending]')) {
    button.removeAttribute('aria-disabled')
    button.removeAttribute('data-sending')
  }
}

export function guardForms(): void {
  document.addEventListener('input', (event) => {
    const form = formOf(event)
    if (form?.hasAttribute('data-warn-unsaved')) changed.add(form)
  })

  document.addEventListener('submit', (event) => {
    const form = formOf(event)
    if (!form || form.method !== 'post') return
    if (form.dataset.sending) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    form.dataset.sending = 'yes'
    changed.delete(form)
    const button = event.submitter
    // aria-disabled rather than disabled: a disabled button would not send its own name and value.
    button?.setAttribute('aria-disabled', 'true')
    button?.setAttribute('data-sending', 'yes')
    // A download answers without leaving the page: let the form go again after a while.
    window.setTimeout(() => release(form), 8000)
  }, true)

  document.addEventListener('htmx:afterRequest', (event) => {
    const form = formOf(event)
    if (form) release(form)
  })

  window.addEventListener('beforeunload', (event) => {
    for (const form of changed) {
      if (form.isConnected) {
        event.preventDefault()
        return
      }
    }
  })

  // Coming back with the back button shows the page as it was left: with the buttons still locked.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sending]')) release(form)
  })
}
