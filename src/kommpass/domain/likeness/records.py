"""What is compared, and what comes out: a record of an offer, a pair of two, and the evidence for and against."""

from dataclasses import dataclass
from enum import StrEnum

from kommpass.domain.words import _


@dataclass(frozen=True)
class Record:
    """An offer or a facility as far as likeness needs it. Empty or None means unknown, never "has none".

    `street` is street and house number, `latitude` and `longitude` are degrees (WGS 84), ages are months, `times` are
    weekly times such as "TU 10:00" (weekday as in iCalendar), `kind` is the kind of facility or the topic.
    """

    key: str
    title: str
    provider: str = ""
    street: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    min_months: int | None = None
    max_months: int | None = None
    times: tuple[str, ...] = ()
    kind: str = ""


class EvidenceKind(StrEnum):
    """What a piece of evidence is about."""

    TITLE = "title"
    MARKS = "marks"
    PROVIDER = "provider"
    SITE = "site"
    PHONE = "phone"
    MAIL = "mail"
    AGES = "ages"
    TIMES = "times"
    KIND = "kind"
    NO_LINK = "no_link"

    @property
    def label(self) -> str:
        return EVIDENCE_LABELS[self]


EVIDENCE_LABELS = {
    EvidenceKind.TITLE: _("Titel"),
    EvidenceKind.MARKS: _("Zusatz im Titel"),
    EvidenceKind.PROVIDER: _("Träger"),
    EvidenceKind.SITE: _("Ort"),
    EvidenceKind.PHONE: _("Telefon"),
    EvidenceKind.MAIL: _("E-Mail"),
    EvidenceKind.AGES: _("Alter"),
    EvidenceKind.TIMES: _("Zeiten"),
    EvidenceKind.KIND: _("Art"),
    EvidenceKind.NO_LINK: _("Verbindung"),
}


@dataclass(frozen=True)
class Evidence:
    """One thing two offers have or have not in common.

    `value` runs from -1 (as different as can be) over 0 (says nothing) to 1 (the same), `weight` is how much it counts;
    both together are its points.
    """

    kind: EvidenceKind
    message: str
    values: tuple[tuple[str, str], ...]
    weight: float
    value: float

    @property
    def sentence(self) -> str:
        return self.message.format(**dict(self.values))

    @property
    def points(self) -> float:
        return self.weight * self.value

    @property
    def speaks_for(self) -> bool:
        return self.value > 0

    @property
    def speaks_against(self) -> bool:
        return self.value < 0


@dataclass(frozen=True)
class Pair:
    """Two offers by their keys, the smaller key first. `score` runs from 0 (two offers) to 1 (one offer, twice)."""

    first: str
    second: str
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def reasons(self) -> tuple[Evidence, ...]:
        """What speaks for one offer, the strongest first."""
        return tuple(each for each in self.evidence if each.speaks_for)

    @property
    def doubts(self) -> tuple[Evidence, ...]:
        """What speaks for two offers, the strongest first."""
        return tuple(each for each in self.evidence if each.speaks_against)
