"""When a certificate holds, and what one may say about it (Gültigkeit): data of the award, never computed from it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kommpass.domain.moments import PartialDate
from kommpass.domain.words import _

EXPIRING_MONTHS = 12
"""A new audit takes about a year: from then on everybody should see that the end is near."""
RENEWAL_MONTHS = 15
"""When the next round should be talked about, before the certificate ends."""


class CertificateState(StrEnum):
    """What holds of a certificate on a day. Only the three first ones let a town use the logo."""

    VALID = "valid"
    EXPIRING = "expiring"
    PERMANENT = "permanent"
    CONDITIONS_OPEN = "conditions_open"
    NOT_YET = "not_yet"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    CertificateState.VALID: _("gültig"),
    CertificateState.EXPIRING: _("gültig, läuft bald aus"),
    CertificateState.PERMANENT: _("dauerhaft verliehen"),
    CertificateState.CONDITIONS_OPEN: _("dauerhaft verliehen, Bedingungen offen"),
    CertificateState.NOT_YET: _("noch nicht gültig"),
    CertificateState.LAPSED: _("ausgelaufen"),
    CertificateState.SUSPENDED: _("ausgesetzt"),
    CertificateState.WITHDRAWN: _("entzogen"),
}
HOLDING = frozenset(
    {
        CertificateState.VALID,
        CertificateState.EXPIRING,
        CertificateState.PERMANENT,
    }
)


class StepKind(StrEnum):
    """What can happen to a certificate later. Nothing of it is ever deleted."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Term:
    """From when to when an award holds, as exact as it says. `until` None: awarded permanently.

    >>> Term(PartialDate(2020, 10, 27), PartialDate(2023, 11)).last_day.isoformat()
    '2023-11-30'
    """

    begins: PartialDate
    until: PartialDate | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until.last_day < self.begins.first_day:
            raise ValueError(f"expected an end after {self.begins}, got {self.until}")

    @property
    def first_day(self) -> date:
        return self.begins.first_day

    @property
    def last_day(self) -> date | None:
        return self.until.last_day if self.until else None

    @property
    def permanent(self) -> bool:
        return self.until is None

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the last of the month where that day does not exist.

    >>> months_before(date(2024, 3, 31), 13), months_before(date(2023, 11, 30), 12)
    (datetime.date(2023, 2, 28), datetime.date(2022, 11, 30))
    """
    place = day.year * 12 + day.month - 1 - months
    last = PartialDate(place // 12, place % 12 + 1).last_day
    return last.replace(day=min(day.day, last.day))


def state_on(
    term: Term, steps: Iterable[tuple[StepKind, date]], day: date, *, conditions_met: bool = True
) -> CertificateState:
    """The state on a day. `steps` are pairs (what, from when) in the order in which they were written down.

    A withdrawal is for good. A suspension ends with a reinstatement, and does not stop the clock: a certificate
    that runs out while it is suspended has lapsed.

    >>> term = Term(PartialDate(2020, 10, 27), PartialDate(2023, 11))
    >>> [state_on(term, [], date(*day)).value for day in ((2020, 10, 26), (2022, 11, 29), (2023, 12, 1))]
    ['not_yet', 'valid', 'lapsed']
    """
    begun = [(kind, on) for kind, on in steps if on <= day]
    if any(kind is StepKind.WITHDRAWN for kind, _on in begun):
        return CertificateState.WITHDRAWN
    if day < term.first_day:
        return CertificateState.NOT_YET
    if not term.covers(day):
        return CertificateState.LAPSED
    last = max(enumerate(begun), key=lambda pair: (pair[1][1], pair[0]), default=None)
    if last and last[1][0] is StepKind.SUSPENDED:
        return CertificateState.SUSPENDED
    if term.last_day is None:
        return CertificateState.PERMANENT if conditions_met else CertificateState.CONDITIONS_OPEN
    return CertificateState.EXPIRING if day >= months_before(term.last_day, EXPIRING_MONTHS) else CertificateState.VALID


def held(term: Term, steps: Iterable[tuple[StepKind, date]]) -> Term | None:
    """The time an award counted for: a withdrawal ends it on the day before. None: it never counted.

    >>> term = Term(PartialDate(2020, 10, 27), PartialDate(2023, 11))
    >>> held(term, [(StepKind.WITHDRAWN, date(2021, 5, 1))]).last_day.isoformat()
    '2021-04-30'
    """
    withdrawn = min((on for kind, on in steps if kind is StepKind.WITHDRAWN), default=None)
    if withdrawn is None or (term.last_day is not None and withdrawn > term.last_day):
        return term
    return None if withdrawn <= term.first_day else Term(term.begins, PartialDate.of(withdrawn - timedelta(days=1)))


def suspensions(term: Term, steps: Iterable[tuple[StepKind, date]]) -> list[tuple[date, date | None]]:
    """From when to when an award was suspended, both days included; no end while it still is, oldest first.

    >>> pause = [(StepKind.SUSPENDED, date(2021, 1, 1)), (StepKind.REINSTATED, date(2021, 3, 1))]
    >>> [(first.isoformat(), last.isoformat()) for first, last in suspensions(Term(PartialDate(2020)), pause)]
    [('2021-01-01', '2021-02-28')]
    """
    steps = sorted(steps, key=lambda step: step[1])
    counted = held(term, steps)
    if counted is None:
        return []
    found: list[tuple[date, date | None]] = []
    since = None
    for kind, on in steps:
        if kind is StepKind.SUSPENDED and since is None:
            since = max(on, counted.first_day)
        elif kind is StepKind.REINSTATED and since is not None:
            found.append((since, on - timedelta(days=1)))
            since = None
    if since is not None:
        found.append((since, counted.last_day))
    end = counted.last_day or date.max
    inside = [(first, last and min(last, end)) for first, last in found if first <= end]
    return [(first, last) for first, last in inside if last is None or first <= last]


def may_use_logo(state: CertificateState) -> bool:
    """The right to the logo exists inside validity only; while conditions are open it rests."""
    return state in HOLDING


@dataclass(frozen=True)
class Gap:
    """A time without a valid certificate between two awards (Lücke). Both days belong to it."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


def gaps(terms: Sequence[Term]) -> list[Gap]:
    """The lapses between awards, oldest first. A later award never closes the gap of a lapse.

    >>> first, second = Term(PartialDate(2015, 3), PartialDate(2018, 2)), Term(PartialDate(2019, 11, 12))
    >>> [(each.first_day.isoformat(), each.last_day.isoformat()) for each in gaps([second, first])]
    [('2018-03-01', '2019-11-11')]
    """
    found, reached = [], None
    for term in sorted(terms, key=lambda each: each.first_day):
        if reached is not None and term.first_day > reached + timedelta(days=1):
            found.append(Gap(reached + timedelta(days=1), term.first_day - timedelta(days=1)))
        if term.last_day is None:
            break
        reached = max(reached or term.last_day, term.last_day)
    return found


def open_gap(terms: Sequence[Term], day: date) -> Gap | None:
    """The time without a certificate that goes on today: since the last award ended. None if none ended yet.

    >>> open_gap([Term(PartialDate(2015, 3), PartialDate(2018, 2))], date(2018, 3, 10)).days
    10
    """
    ends = [term.last_day for term in terms]
    last = max((end for end in ends if end is not None), default=None)
    if last is None or None in ends or day <= last:
        return None
    return Gap(last + timedelta(days=1), day)


def proposed_end(begins: PartialDate, years: int) -> PartialDate:
    """The month in which a term of so many years would end: a proposal for the form, the award itself decides.

    >>> str(proposed_end(PartialDate(2020, 10, 27), 3)), str(proposed_end(PartialDate(2019, 11), 3))
    ('2023-10', '2022-10')
    """
    first = begins.first_day
    last = months_before(first.replace(year=first.year + years, day=min(first.day, 28)), int(first.day == 1))
    return PartialDate(last.year, last.month)


class Proof(StrEnum):
    """What a town with a permanent certificate shows every year."""

    FEE = "fee"
    WORKSHOP = "workshop"

    @property
    def label(self) -> str:
        return PROOF_LABELS[self]


PROOF_LABELS = {Proof.FEE: _("Mitgliedsbeitrag"), Proof.WORKSHOP: _("Jahresworkshop")}


def open_proofs(begins: date, proofs: Collection[tuple[int, Proof]], day: date) -> list[tuple[int, Proof]]:
    """What is missing of the years that are over, after the year of the award; oldest first.

    >>> open_proofs(date(2021, 6, 1), {(2022, Proof.FEE)}, date(2023, 5, 1))
    [(2022, <Proof.WORKSHOP: 'workshop'>)]
    """
    return [(year, kind) for year in range(begins.year + 1, day.year) for kind in Proof if (year, kind) not in proofs]


def proved_until(begins: date, proofs: Collection[tuple[int, Proof]]) -> date:
    """The day up to which the proofs shown so far carry a permanent award: the end of the first year with a gap.

    >>> proved_until(date(2021, 6, 1), {(2022, Proof.FEE), (2022, Proof.WORKSHOP)}).isoformat()
    '2023-12-31'
    """
    year = begins.year + 1
    while all((year, kind) in proofs for kind in Proof):
        year += 1
    return date(year, 12, 31)
