"""A page as a screen reader gets it: Chromium's accessibility tree, and what has the focus on the screen."""

from dataclasses import dataclass

from playwright.sync_api import Page

# What has the focus: its words, whether one sees it, and whether something lies above it (WCAG 2.4.7, 2.4.11).
FOCUSED = """() => {
  const each = document.activeElement
  if (!each || each === document.body || each === document.documentElement) return null
  const drawn = part => {
    const style = getComputedStyle(part)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  }
  const around = [each, each.closest('.card--link'), each.closest('.tile')].filter(Boolean)
  const area = each.querySelector?.('path')
  const stroked = area && parseFloat(getComputedStyle(area).strokeWidth) >= 4
  const box = each.getBoundingClientRect()
  const inside = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]]
  const top = inside.map(([x, y]) => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height))
  return {
    name: (each.getAttribute('aria-label') || each.innerText || each.labels?.[0]?.innerText || '').trim(),
    seen: around.some(drawn) || Boolean(stroked),
    free: top.some(found => found && (each.contains(found) || found.contains(each))),
    tag: each.tagName.toLowerCase(),
    key: each.id || each.getAttribute('href') || each.className,
  }
}"""


@dataclass(frozen=True)
class Said:
    """What is said of one thing on the page."""

    role: str
    name: str
    level: int = 0


def read(page: Page) -> list[Said]:
    """Everything that is said, from top to bottom."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {each["nodeId"]: each for each in nodes}
    said, waiting = [], [nodes[0]["nodeId"]]
    while waiting:
        node = known.get(waiting.pop())
        if node is None:
            continue
        waiting += reversed(node.get("childIds", []))
        if not node["ignored"]:
            said.append(_said(node))
    return said


def _said(node: dict) -> Said:
    level = next((each["value"]["value"] for each in node.get("properties", []) if each["name"] == "level"), 0)
    return Said(node["role"]["value"], node.get("name", {}).get("value", ""), level)


def headings(page: Page) -> list[Said]:
    return [each for each in read(page) if each.role == "heading"]


def landmarks(page: Page) -> list[Said]:
    roles = {"banner", "navigation", "main", "search", "complementary", "contentinfo", "region"}
    return [each for each in read(page) if each.role in roles]


def focused(page: Page) -> dict | None:
    return page.evaluate(FOCUSED)


def tab_to(page: Page, name: str, *, most: int = 60, key: str = "Tab") -> int:
    """Press Tab until what begins with this name has the focus; how often. Every stop on the way must be seen."""
    stops = []
    for pressed in range(1, most + 1):
        page.keyboard.press(key)
        here = focused(page)
        stops.append(here and here["name"])
        if here and here["name"].startswith(name):
            assert (here["seen"], here["free"]) == (True, True), here
            return pressed
    raise AssertionError(f"{name!r} is not reached in {most} steps: {stops}")


def stops_of(page: Page, most: int = 400) -> list[dict]:
    """Everything that has the focus once, from the beginning of the page to its end."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    stops = []
    for _pressed in range(most):
        page.keyboard.press("Tab")
        here = focused(page)
        if here is None:
            return stops
        stops.append(here)
    return stops
