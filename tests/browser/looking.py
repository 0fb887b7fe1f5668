"""Looks at one page as axe does, as the network sees it, and on a narrow screen."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What can differ between light and dark: the colours.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
NARROW = {"width": 320, "height": 640}  # a screen of 1280 pixels at 400 %
MIDDLE = {"width": 1024, "height": 768}  # a tablet, or half a screen: the columns beside the text are still there
SMALLEST_TARGET = 24

# Folded parts are part of the page; menus that lie above it are looked at on their own.
UNFOLD = "document.querySelectorAll('details:not([data-popup])').forEach(each => { each.open = true })"
# Chromium paints the new colours with the next frames.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const rooms = [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > width + 1)
  return rooms.slice(-3).map(each => `${each.tagName.toLowerCase()}.${each.className}`)
}"""
# A table that is wider than its frame hides its last column under what stands beside it, unless it scrolls.
OVERHANGING = """() => [...document.querySelectorAll('.table-frame:not([tabindex]) > table')]
  .filter(each => each.checkVisibility() && each.offsetWidth > each.parentElement.clientWidth + 1)
  .map(each => `wider than its frame: table "${each.caption?.innerText}" ${each.offsetWidth}`)"""
# Links within a sentence are exempt (WCAG 2.5.8); a box counts together with the label that can be clicked.
TARGETS = """(smallest) => [...document.querySelectorAll('button, summary, select, a.kern-btn, input')]
  .filter(each => each.type !== 'hidden')
  .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.unseen'))
  .flatMap(each => {
    const boxes = [each, ...(each.labels || [])].map(part => part.getBoundingClientRect())
    const name = (each.innerText || each.name || each.className).trim().slice(0, 40)
    const small = ['height', 'width'].some(side => Math.max(...boxes.map(box => box[side])) < smallest)
    const outside = boxes[0].left < -1 || boxes[0].right > document.documentElement.clientWidth + 1
    const scrolls = each.closest('.table-frame[tabindex]')
    return [...(small ? [`too small: ${name}`] : []), ...(outside && !scrolls ? [`off the screen: ${name}`] : [])]
  })"""


AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
ASK_AXE = """async ([within, options]) => {
  const found = (await axe.run(within, options)).violations
  const told = (rule, node) => `${rule.id}: ${node.html.slice(0, 160)} (${node.failureSummary.slice(0, 200)})`
  return found.flatMap(rule => rule.nodes.slice(0, 3).map(node => told(rule, node)))
}"""


SUBJECTS = ("axe", "dark", "network", "narrow")


@dataclass
class Complaints:
    """What is wrong with one page, by subject."""

    name: str
    axe: list[str] = field(default_factory=list)
    dark: list[str] = field(default_factory=list)
    network: list[str] = field(default_factory=list)
    narrow: list[str] = field(default_factory=list)

    def about(self, *subjects: str) -> list[str]:
        return [f"{subject}: {line}" for subject in subjects or SUBJECTS for line in getattr(self, subject)]


class Observer:
    """Listens to a page: every request to a stranger, every complaint of the browser."""

    def __init__(self, page: Page, home: str):
        self._host, self._heard = urlsplit(home).netloc, []
        page.on("request", lambda request: self._request(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._heard.append(f"script: {error}"))

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self._heard.append(f"request to {url}")

    def _said(self, message) -> None:
        # A page that answers 403 or 404 on purpose is an error only for the console.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self._heard.append(f"console: {message.text}")

    def heard(self) -> list[str]:
        """Everything since the last time."""
        heard, self._heard = self._heard, []
        return heard


def look_at(page: Page, observer: Observer, name: str) -> Complaints:
    """Everything that can be wrong with the page that is open now, on three screens; leaves it light and wide again."""
    page.wait_for_load_state()  # after a click the page may still be on its way, and what is not there is not unfolded
    page.evaluate(UNFOLD)
    page.evaluate(PAINTED)
    found = Complaints(name, axe=violations(page, RULES))
    page.emulate_media(color_scheme="dark")
    page.evaluate(PAINTED)
    found.dark = violations(page, COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    wide = page.viewport_size
    page.set_viewport_size(NARROW)
    found.narrow = [f"wider than the screen: {room}" for room in page.evaluate(TOO_WIDE)]
    found.narrow += page.evaluate(TARGETS, SMALLEST_TARGET)
    for size in (MIDDLE, wide):
        page.set_viewport_size(size)
        found.narrow += [f"wider than the screen: {room}" for room in page.evaluate(TOO_WIDE)]
        found.narrow += page.evaluate(OVERHANGING)
    found.network = observer.heard()
    return found


def violations(page: Page, only: dict, within: str = "html") -> list[str]:
    """What axe objects to: rule, where, and why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(ASK_AXE, [within, {"runOnly": only, "resultTypes": ["violations"]}])
