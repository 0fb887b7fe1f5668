"""How far the promise is, counted from the public part of a published report and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from kommpass.domain.canonical import digest
from kommpass.domain.progress import Freshness, Light, MeasureState, Standing, Tally, tally
from kommpass.implementation.figures import state_parts
from kommpass.people.addresses import in_town
from kommpass.reporting.models import SealedReport
from kommpass.reporting.queries import published, published_reports


@dataclass(frozen=True)
class FieldProgress:
    """A field of action with its public measures counted."""

    content: dict
    counted: Tally

    @property
    def number(self) -> str:
        return self.content["number"]

    @property
    def title(self) -> str:
        return self.content["title"]


@dataclass(frozen=True)
class Progress:
    """A published report as everybody may read it."""

    sealed: SealedReport
    content: dict
    fields: list[FieldProgress]
    newest: bool = True

    @classmethod
    def of(cls, sealed: SealedReport, *, newest: bool = True) -> "Progress":
        content = sealed.public_content
        counted = [FieldProgress(each, tally(_standing(row) for row in measures(each))) for each in content["fields"]]
        return cls(sealed, content, counted, newest)

    @property
    def query(self) -> str:
        """What keeps an earlier report in the addresses of its pages."""
        return "" if self.newest else f"?report={self.sealed.pk}"

    @property
    def key_date(self) -> str:
        return self.content["version"]["key_date"]

    @property
    def counted(self) -> Tally:
        return sum((each.counted for each in self.fields), Tally())

    @property
    def texts(self) -> list[dict]:
        """The sections of the report that somebody wrote."""
        return [each for each in self.content["sections"] if each["text"]]

    @property
    def whole(self) -> list[tuple]:
        """All measures as one bar."""
        return [(_("Alle Maßnahmen"), state_parts(self.counted))]

    @property
    def bars(self) -> list[tuple]:
        """One bar for each field that has public measures."""
        return [(f"{each.number} {each.title}", state_parts(each.counted)) for each in self._shown]

    @property
    def rows(self) -> list[tuple]:
        """The same, each leading to its measures."""
        ways = [in_town("portal:progress-field", each.number) + self.query for each in self._shown]
        return [(*bar, way) for bar, way in zip(self.bars, ways, strict=True)]

    @property
    def _shown(self) -> list[FieldProgress]:
        return [each for each in self.fields if each.counted.total]

    @cached_property
    def measures(self) -> list[dict]:
        """All public measures, in the order of the document."""
        return [each for place in self.fields for each in measures(place.content)]

    @cached_property
    def late(self) -> list[dict]:
        """What comes later than promised or is overdue."""
        return [each for each in self.measures if each["overdue"] or each["expected"]]

    @property
    def fresh(self) -> int:
        """How many measures somebody said something of in the newest round."""
        return sum(each["freshness"] == Freshness.FRESH.value for each in self.measures)

    def download(self) -> dict:
        """The public view for other programs: with its own checksum and that of the report it was made from."""
        return {**self.content, "report_checksum": self.sealed.digest, "checksum": digest(self.content)}


def measures(place: dict) -> Iterator[dict]:
    """The public measures of a field, in the order of the document."""
    return (measure for goal in place["goals"] for measure in goal["measures"])


def _standing(measure: dict) -> Standing:
    state, light = measure["state"], measure["light"]
    return Standing(MeasureState(state) if state else None, Light(light) if light else None, measure["overdue"])


def as_field(place: dict) -> dict:
    """A field as `portal.sheets.field_rows` lays it out: the report knows no strategic goals."""
    goals = [{**goal, "description": ""} for goal in place["goals"]]
    return {"strategic_goals": [{"id": place["id"], "text": "", "goals": goals}]}


def report(day: date, key: str = "") -> SealedReport | None:
    """The newest report that everybody may read on this day, or an earlier one of them by its key."""
    if not key:
        return published(day)
    return published_reports(day).filter(pk=key).first() if key.isdecimal() and len(key) <= 18 else None
