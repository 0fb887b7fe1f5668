"""Our own mark for a certified town: it carries town, rung and end, so that an old file gives itself away.

It is not the logo of the association, which only the association gives out.
"""

import textwrap
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from kommpass.adapters.documents.clean_text import clean
from kommpass.adapters.documents.wording import date_words
from kommpass.certification.queries import Standing
from kommpass.domain.refusals import NotPossible

WIDTH, LEFT, RIGHT = 620, 176, 596
# A letter of a sans-serif typeface is about so wide, as a share of its height.
LETTER = 0.56
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" \
role="img" aria-labelledby="title about" font-family="'Fira Sans', 'Segoe UI', Helvetica, Arial, sans-serif">
<title id="title">{title}</title>
<desc id="about">{about}</desc>
<rect x="1.5" y="1.5" width="{inner_width}" height="{inner_height}" rx="14" fill="#ffffff" stroke="#1d4b8f" \
stroke-width="3"/>
<g transform="translate(28 {middle}) scale(3)">
<circle cx="20" cy="20" r="17.5" fill="none" stroke="#1d4b8f" stroke-width="2"/>
<path d="M20 5v2.500M20 32.500V35M5 20h2.500M32.5 20H35" fill="none" stroke="#1d4b8f" stroke-width="2"/>
<path d="M27.5 12.5 22.6 22.6 17.4 17.400z" fill="#f2b632"/>
<path d="M12.5 27.5 17.4 17.4 22.6 22.600z" fill="#1d4b8f"/>
</g>
{lines}
</svg>
"""


@dataclass(frozen=True)
class Line:
    """One line of text: how high its letters are, whether they are bold, and in which colour."""

    text: str
    size: int
    bold: bool = False
    colour: str = "#18213a"


def logo(found: Standing) -> str:
    """The mark as SVG. Only while the certificate carries it."""
    if not found.logo:
        raise NotPossible(_("Das Logo darf nur verwendet werden, solange das Zertifikat gilt. Das ist heute nicht so."))
    content = clean(found.certificate.content)
    town, rung, scheme = content["municipality"]["name"], content["rung"], content["scheme"]
    until = until_words(found)
    lines = [
        *_wrapped("Ausgezeichnetes Verfahren", 26, bold=True, colour="#1d4b8f"),
        *_wrapped(scheme, 17),
        *_wrapped(town, 24, bold=True),
        *_wrapped(f"{rung}, {until}", 17),
        *_wrapped(content["number"], 14, colour="#4a5568"),
    ]
    return _drawn(lines, title=f"{town}: {rung}, {until}", about=f"Nachprüfen: {content['verify_at']}")


def until_words(found: Standing) -> str:
    """Until when the mark may be shown, in the exactness of the award.

    A permanent award is proved year by year: so the mark of one is good for the years that are proved.
    """
    written = found.certificate.valid_until
    return f"gültig bis {date_words(written or found.logo_until.isoformat())}"


def _wrapped(text: str, size: int, *, bold: bool = False, colour: str = "#18213a") -> list[Line]:
    """As many lines as it takes; a word that no line could hold is broken."""
    letters = int((RIGHT - LEFT) / (size * LETTER))
    return [Line(each, size, bold, colour) for each in textwrap.wrap(text, letters)]


def _drawn(lines: list[Line], *, title: str, about: str) -> str:
    y, drawn = 26, []
    for line in lines:
        y += round(line.size * 1.45)
        weight = ' font-weight="700"' if line.bold else ""
        drawn.append(
            f'<text x="{LEFT}" y="{y - 6}" font-size="{line.size}"{weight} fill="{line.colour}">'
            f"{escape(line.text)}</text>"
        )
    height = max(y + 24, 176)
    return PICTURE.format(
        width=WIDTH,
        height=height,
        inner_width=WIDTH - 3,
        inner_height=height - 3,
        middle=height // 2 - 60,
        title=escape(title),
        about=escape(about),
        lines="\n".join(drawn),
    )
