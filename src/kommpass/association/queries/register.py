"""The public register: which town has or had a certificate, with honest states; nothing but what anybody may know."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kommpass.association.kinds_of_towns import federal_state
from kommpass.association.plain_text import fits, folded, words_of
from kommpass.association.queries.certificates import Holding, holdings, standings
from kommpass.association.queries.everywhere import everywhere
from kommpass.certification.looks import Look
from kommpass.certification.queries import Standing
from kommpass.domain.schemes import Words
from kommpass.domain.validity import CertificateState, Gap
from kommpass.people.addresses import absolute, into_town, of_installation

FORMAT = "kommpass/register/1"
TONES = {
    CertificateState.VALID: "good",
    CertificateState.EXPIRING: "sun",
    CertificateState.PERMANENT: "brand",
    CertificateState.CONDITIONS_OPEN: "warn",
    CertificateState.NOT_YET: "note",
    CertificateState.LAPSED: "quiet",
    CertificateState.SUSPENDED: "none",
    CertificateState.WITHDRAWN: "bad",
}


@dataclass(frozen=True)
class Award:
    """A certificate as the register shows it."""

    number: str
    rung: Words
    valid_from: str
    valid_until: str
    state: CertificateState
    since: date | None
    look: Look
    verify_url: str

    def told(self) -> dict:
        """For other programs."""
        return {
            "number": self.number,
            "rung": str(self.rung),
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "state": self.state.value,
            "verify": absolute(self.verify_url),
        }


@dataclass(frozen=True)
class Entry:
    """A town in one scheme: today's certificate, those before and after it, and the times between."""

    town: str
    federal_state: str
    state_code: str
    scheme: Words
    award: Award
    others: tuple[Award, ...]
    gaps: tuple[Gap, ...]
    lapsed: Gap | None
    url: str

    @property
    def state(self) -> CertificateState:
        return self.award.state

    def told(self) -> dict:
        return {
            "town": self.town,
            "federal_state": self.state_code,
            "scheme": str(self.scheme),
            "certificate": self.award.told(),
            "other_certificates": [each.told() for each in self.others],
            "lapses": [{"from": each.first_day.isoformat(), "until": each.last_day.isoformat()} for each in self.gaps],
            "without_certificate_since": self.lapsed.first_day.isoformat() if self.lapsed else "",
            "public_page": absolute(self.url),
        }


def entries(day: date) -> list[Entry]:
    """All entries by the names of the towns. Three queries, however many towns there are."""
    found = holdings(everywhere(standings, day), day)
    return sorted((_entry(each) for each in found), key=lambda each: (folded(each.town), each.award.number))


def _entry(holding: Holding) -> Entry:
    town = holding.town
    return Entry(
        town=town.name,
        federal_state=federal_state(town.state),
        state_code=town.state,
        scheme=holding.leading.certificate.procedure.scheme.title,
        award=_award(holding.leading),
        others=tuple(_award(each) for each in holding.others),
        gaps=holding.gaps,
        lapsed=holding.lapsed,
        url=into_town(town, "portal:home"),
    )


def _award(standing: Standing) -> Award:
    certificate = standing.certificate
    step = standing.last_step if standing.state in (CertificateState.SUSPENDED, CertificateState.WITHDRAWN) else None
    return Award(
        number=certificate.number,
        rung=certificate.rung_title,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        state=standing.state,
        since=step.effective_on if step else None,
        look=standing.look,
        verify_url=of_installation("certification:verify-number", certificate.number),
    )


def narrowed(found: Sequence[Entry], *, asked: str = "", state: str = "", federal_state: str = "") -> list[Entry]:
    """The entries that fit: words of the town's name or a number, today's state, the federal state."""
    words = words_of(asked)
    return [
        each
        for each in found
        if (not state or state == each.state.value)
        and (not federal_state or federal_state == each.state_code)
        and fits(words, folded(f"{each.town} {each.award.number} {' '.join(one.number for one in each.others)}"))
    ]


def states_of(found: Sequence[Entry]) -> list[tuple[str, int, str]]:
    """How many entries are in which state today: word, number, tone of the bar."""
    counted = Counter(each.state for each in found)
    return [(state.label, counted[state], TONES[state]) for state in CertificateState if counted[state]]


def download(found: Sequence[Entry], day: date) -> dict:
    """The register for other programs."""
    return {"format": FORMAT, "as_of": day.isoformat(), "entries": [each.told() for each in found]}
