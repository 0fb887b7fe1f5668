// Text areas grow with their text, where the browser does not do that by itself (CSS field-sizing).

const growsByItself = CSS.supports('field-sizing', 'content')

function grow(area: HTMLTextAreaElement): void {
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + 2}px`
}

export function growTextareas(root: ParentNode): void {
  if (growsByItself) return
  for (const area of root.querySelectorAll<HTMLTextAreaElement>('textarea')) {
    grow(area)
    area.addEventListener('input', () => grow(area))
  }
}
