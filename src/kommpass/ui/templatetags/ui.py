"""Words, dates and money as German pages show them, and the few drawing sums that templates need."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kommpass.domain.worddiff import word_diff

register = template.Library()

MONTHS = (
    _("Januar"), _("Februar"), _("März"), _("April"), _("Mai"), _("Juni"),
    _("Juli"), _("August"), _("September"), _("Oktober"), _("November"), _("Dezember"),
)  # fmt: skip
MONTHS_SHORT = (
    _("Jan."), _("Feb."), _("März"), _("Apr."), _("Mai"), _("Juni"),
    _("Juli"), _("Aug."), _("Sept."), _("Okt."), _("Nov."), _("Dez."),
)  # fmt: skip

# The pieces of a word comparison, by any of the names in use for them.
PIECES = {"same": "", "equal": "", "=": "", " ": "", "new": "ins", "insert": "ins", "+": "ins", "added": "ins",
          "gone": "del", "delete": "del", "-": "del", "removed": "del"}  # fmt: skip


@register.filter
def words(text: object) -> str:
    """A scheme's Words in the language of the page; a German sentence of the code, translated; else as it is."""
    if text is None:
        return ""
    if hasattr(text, "in_language"):
        return text.in_language(get_language() or "de")
    if isinstance(text, str) and not isinstance(text, SafeString) and text:
        return gettext(text)
    return str(text)


@register.filter
def partial_date(written: object) -> str:
    """A date as exact as it is known: 2027, 2027-03 or 2027-03-15.

    >>> partial_date("2027-03"), partial_date("2027"), partial_date("2027-03-05")
    ('März 2027', '2027', '05.03.2027')
    """
    if not written:
        return ""
    if isinstance(written, date):
        return f"{written.day:02}.{written.month:02}.{written.year}"
    parts = str(written).split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return str(written)
    if len(parts) == 1:
        return parts[0]
    if not 1 <= int(parts[1]) <= 12:
        return str(written)
    if len(parts) == 2:
        return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2]):02}.{int(parts[1]):02}.{parts[0]}"


@register.filter
def month_short(day: date) -> str:
    """The short name of a day's month, for a calendar leaf."""
    return str(MONTHS_SHORT[day.month - 1]) if isinstance(day, date) else ""


@register.filter
def money(amount: object) -> str:
    """An amount of euros; nothing stays nothing."""
    if amount is None or amount == "":
        return ""
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    return f"{number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True)} €"


@register.filter
def initials(name: object) -> str:
    """The letters in the round sign beside a name.

    >>> initials("Dr. Ute Weber"), initials("Stadt"), initials("")
    ('UW', 'S', '·')
    """
    parts = [part for part in str(name or "").split() if part[0].isalpha() and not part.endswith(".")]
    return "".join(part[0].upper() for part in [*parts[:1], *parts[1:][-1:]]) or "·"


@register.filter
def percent_of(have: object, need: object) -> int:
    """Share in whole percent, rounded down, 0 to 100; of nothing it is nothing."""
    try:
        have, need = float(have), float(need)
    except (TypeError, ValueError):
        return 0
    return max(0, min(100, int(100 * have / need))) if need > 0 else 0


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The address of this page with some parts of its query changed: {% query page=2 %}; None removes a part."""
    request = context.get("request")
    asked = request.GET.copy() if request else None
    if asked is None:
        return ""
    for name, value in changes.items():
        if value is None or value == "":
            asked.pop(name, None)
        elif isinstance(value, list | tuple):
            asked.setlist(name, value)
        else:
            asked[name] = str(value)
    return f"?{asked.urlencode()}" if asked else "?"


@register.filter
def diff_pieces(pieces: Iterable) -> SafeString:
    """A word comparison as <ins> and <del>, each announced to screen readers. Pieces are (kind, text)."""
    spoken = {"ins": gettext("eingefügt:"), "del": gettext("gestrichen:")}
    end = {"ins": gettext("Ende der Einfügung"), "del": gettext("Ende der Streichung")}
    drawn = []
    for kind, text in pieces or ():
        tag = PIECES[str(kind)]
        text = conditional_escape(text)
        drawn.append(
            f'<{tag}><span class="unseen">{spoken[tag]} </span>{text}<span class="unseen"> {end[tag]} </span></{tag}>'
            if tag
            else text
        )
    # Every piece was escaped above.
    return mark_safe("".join(drawn))


@register.filter
def chart_rows(rows: Iterable) -> list[dict]:
    """Places for a bar chart: rows of (label, value) or (label, value, tone) become bars of 0 to 300 units."""
    rows = [tuple(row) for row in rows or ()]
    largest = max((float(row[1] or 0) for row in rows), default=0) or 1
    return [
        {
            "label": row[0],
            "value": row[1],
            "tone": row[2] if len(row) > 2 else "",
            "y": 44 * place,
            "bar_y": 44 * place + 20,
            "text_y": 44 * place + 33,
            "label_y": 44 * place + 14,
            "width": round(360 * max(0.0, float(row[1] or 0)) / largest, 1),
            "value_x": round(360 * max(0.0, float(row[1] or 0)) / largest, 1) + 8,
        }
        for place, row in enumerate(rows)
    ]


@register.filter
def chart_height(rows: list) -> int:
    """The height of the drawing for so many bars."""
    return 44 * len(rows) + 4


@register.filter
def stacked_rows(rows: Iterable) -> dict:
    """Places for bars made of parts: rows of (label, [(part, value, tone)]) or (label, parts, url) become shares.

    Parts of nothing are left out of the drawing and stand as 0 in the table; `labels` are its columns, in order.

    >>> chart = stacked_rows([("Wohnen", [("fertig", 1, "good"), ("offen", 3, "none")])])
    >>> [(part["x"], part["width"]) for part in chart["rows"][0]["parts"]], chart["labels"]
    ([('0', '25'), ('25', '75')], ['fertig', 'offen'])
    """
    rows = [tuple(row) for row in rows or ()]
    labels = list(dict.fromkeys(part[0] for row in rows for part in row[1]))
    return {"labels": labels, "rows": [_stacked(row, labels) for row in rows]}


def _stacked(row: tuple, labels: list) -> dict:
    label, parts = row[0], [tuple(part) for part in row[1]]
    counted = {part[0]: part[1] for part in parts}
    total, before, drawn = sum(counted.values()), 0, []
    for name, value, tone in parts:
        if value:
            places = f"{100 * before / total:.3f}", f"{100 * value / total:.3f}"
            x, width = (place.rstrip("0").rstrip(".") for place in places)
            drawn.append({"label": name, "value": value, "tone": tone, "x": x, "width": width})
            before += value
    url = row[2] if len(row) > 2 else ""
    values = [counted.get(each, 0) for each in labels]
    return {"label": label, "url": url, "total": total, "parts": drawn, "values": values}


@register.simple_tag
def attributes(attrs) -> SafeString:
    """The attributes a component was given beyond its declared ones (hx-…, data-…, id), escaped."""
    given = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else {}
    # style and on… would be blocked by the content security policy anyway: they never reach the page.
    kept = {name: value for name, value in given.items() if name != "style" and not name.startswith("on")}
    plain = format_html_join("", " {}", ((name,) for name, value in kept.items() if value is True))
    valued = format_html_join(
        "", ' {}="{}"', ((name, value) for name, value in kept.items() if value not in (True, False, None))
    )
    return plain + valued


@register.filter
def unlocalized(number: object) -> str:
    """A number for a drawing: with a point, whatever the language."""
    return str(number)


@register.simple_tag(takes_context=True)
def page_address(context, parameter: str, number: int) -> str:
    """The address of another page of the same list."""
    return query(context, **{parameter: number})


@register.simple_tag
def elided(page) -> list:
    """The page numbers to offer: the first, the last, and those around this one."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def compared_with(new: object, old: object) -> list[tuple[str, str]]:
    """The pieces of a word comparison: what the new text changes in the old one.

    >>> compared_with("drei Orte", "zwei Orte")
    [('removed', 'zwei '), ('added', 'drei '), ('same', 'Orte')]
    """
    return [(piece.kind, piece.text) for piece in word_diff(str(old or ""), str(new or ""))]


@register.simple_tag(takes_context=True)
def once_field(context, token: str) -> SafeString:
    """The hidden token that makes a double click one click; every form of a page gets its own."""
    if not token:
        return SafeString("")
    request = context.get("request")
    number = getattr(request, "forms_drawn", 0) + 1
    if request is not None:
        request.forms_drawn = number
    return format_html('<input type="hidden" name="once" value="{}.{}">', token, number)
