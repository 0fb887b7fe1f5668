"""Labels whose blanks at the beginning say to which other label they belong."""

from collections.abc import Iterable

from kommpass.domain.words import _

BESIDE = " / "
UNCLEAR = _(
    "Die Bezeichnungen sind eingerückt, aber nicht in der Reihenfolge ihrer Gliederung. Wozu sie gehören, bleibt offen."
)


def indent(label: str) -> int:
    return len(label) - len(label.lstrip(" \u00a0\t"))


def paths(labels: Iterable[str]) -> tuple[dict[str, str], bool]:
    """Each label with those it belongs to, "Einwohner / Männer", and whether that is certain. Labels in file order.

    Certain where one label stands above all others, or where every label comes once and follows the one it belongs to.

    >>> paths(["   Männer", "Einwohner", "   Frauen", "   Männer"])[0]["   Männer"]
    'Einwohner / Männer'
    >>> paths(["Haushalte", "  mit Kindern", "    mit einem", "Familien"])[0]["    mit einem"]
    'Haushalte / mit Kindern / mit einem'
    >>> paths(["  Männer", "Einwohner", "Arbeitslose"])
    ({'  Männer': 'Männer', 'Einwohner': 'Einwohner', 'Arbeitslose': 'Arbeitslose'}, False)
    """
    listed = [label for label in labels if label.strip()]
    distinct = dict.fromkeys(listed)
    levels = sorted({indent(label) for label in distinct})
    tops = [label for label in distinct if indent(label) == levels[0]] if levels else []
    if len(levels) < 2:
        return {label: label.strip() for label in distinct}, True
    if len(levels) == 2 and len(tops) == 1:
        top = tops[0].strip()
        return {label: label.strip() if label in tops else top + BESIDE + label.strip() for label in distinct}, True
    if len(distinct) == len(listed) and indent(listed[0]) == levels[0]:
        return _in_order(listed), True
    return {label: label.strip() for label in distinct}, False


def _in_order(labels: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for label in labels:
        while above and above[-1][0] >= indent(label):
            above.pop()
        above.append((indent(label), label.strip()))
        found[label] = BESIDE.join(text for _level, text in above)
    return found
