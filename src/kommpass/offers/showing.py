"""An offer as people read it: its document in sections of labelled lines, for the back office, letters and handouts."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kommpass.domain.offers.changes import LABELS
from kommpass.domain.offers.content import OfferContent
from kommpass.offers.telling import ages, told


@dataclass(frozen=True)
class Section:
    """A heading with labelled texts; an empty text is left out."""

    title: str
    rows: tuple[tuple[str, str], ...]


STEERING = frozenset({"capacity", "funding", "prevention"})
"""What is for planning and not for families."""


def sections(content: OfferContent, *, without: Collection[str] = ()) -> list[Section]:
    """The document in the order in which one asks: what, for whom, when, where, how, how much, whom to ask.

    `without` names fields that stand elsewhere on the page, or are not for its readers.
    """
    parts = (
        (_("Was"), ("subtitle", "summary", "text", "topics", "facility", "url")),
        (_("Für wen"), ("ages", "life_phases", "target_groups", "languages", "interpreting")),
        (_("Wann"), ("times", "times_text", "runs_from", "runs_until")),
        (_("Wo"), ("formats", "places")),
        (_("Wie"), ("access", "registration", "registration_url", "documents")),
        (_("Was es kostet"), ("cost", "costs", "cost_note")),
        (_("Wen man fragt"), ("contacts",)),
        (_("Plätze und Finanzierung"), ("capacity", "funding", "prevention")),
    )
    made = [
        Section(
            title, tuple((label, text) for name in names if (text := _text(content, name)) for label in [_label(name)])
        )
        for title, names in parts
    ]
    return [each for each in made if each.rows]


def _label(name: str) -> str:
    return _("Alter") if name == "ages" else _(LABELS[name])


def _text(content: OfferContent, name: str) -> str:
    if name == "ages":
        return ages(content.min_months, content.max_months)
    return told(name, getattr(content, name))
