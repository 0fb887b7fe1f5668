// The one script of Kommpass: every page works without it, it only makes some of them more comfortable.
import './main.css'
import { growTextareas } from './textareas'
import { guardForms } from './forms'
import { rememberDetails } from './details'
import { showErrors } from './errors'
import { startFinder, startFinderOnce } from './finder'
import { startHtmx } from './fragments'

function enhance(root: ParentNode): void {
  growTextareas(root)
  rememberDetails(root)
  showErrors(root)
  startFinder(root)
}

guardForms()
startHtmx(enhance)
startFinderOnce()
enhance(document)
document.documentElement.dataset.enhanced = 'yes'
