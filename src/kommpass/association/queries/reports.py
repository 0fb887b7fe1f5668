"""Annual reports of the towns in scope as the association knows them: due, late, submitted, returned, accepted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommpass.association.queries.certificates import standings
from kommpass.audits.models import Procedure
from kommpass.certification.queries import Standing
from kommpass.municipalities.models import Municipality
from kommpass.people.addresses import into_town
from kommpass.reporting import queries as reporting
from kommpass.reporting.models import ReportStep, SealedReport
from kommpass.reporting.queries import owed, report_days, way

Kind = ReportStep.Kind

STATES = {
    "late": gettext_lazy("überfällig"),
    Kind.SUBMITTED.value: gettext_lazy("eingereicht, zu prüfen"),
    Kind.RETURNED.value: gettext_lazy("zurückgegeben"),
    "due": gettext_lazy("steht an"),
    Kind.ACCEPTED.value: gettext_lazy("angenommen"),
}


@dataclass(frozen=True)
class ReportLine:
    """A report that is owed, or one that was received. `key` is the sealed report, if there is one."""

    town: Municipality
    procedure: Procedure
    title: str
    due_on: date | None
    state: str
    moved_on: date | None = None
    key: int | None = None
    number: int = 0
    period_until: date | None = None

    @property
    def label(self) -> str:
        return str(STATES[self.state])

    @property
    def url(self) -> str:
        """Where the office reads a report it received."""
        return into_town(self.town, "reporting:received", self.key) if self.key else ""

    @property
    def day(self) -> date:
        """By what the list is ordered: when it is or was due, else when it moved last."""
        return self.due_on or self.moved_on


def received() -> list[ReportLine]:
    """Of each report the newest version that went to the association. What is being written is not here."""
    newest: dict[int, SealedReport] = {}
    for each in reporting.received().defer("canonical", "public_canonical", "reason"):
        known = newest.setdefault(each.report_id, each)
        if each.number > known.number:
            newest[each.report_id] = each
    return [_received(each) for each in newest.values()]


def _received(sealed: SealedReport) -> ReportLine:
    stands = way(sealed)
    last = next(step for step in reversed(stands.steps) if step.kind == stands.state)
    return ReportLine(
        town=sealed.report.procedure.municipality,
        procedure=sealed.report.procedure,
        title=sealed.report.title,
        due_on=sealed.report.due_on,
        state=stands.state,
        moved_on=last.on,
        key=sealed.pk,
        number=sealed.number,
        period_until=sealed.report.period_until,
    )


def due(found: list[Standing], got: list[ReportLine], today: date) -> list[ReportLine]:
    """What the certificates that hold want and nobody has sent yet: all that is late, and the next one.

    The rule for the days is the one that the town sees.
    """
    covered: dict[int, date] = {}
    for each in got:
        if each.state in (Kind.SUBMITTED, Kind.ACCEPTED):
            last = covered.get(each.procedure.pk)
            covered[each.procedure.pk] = max(last, each.period_until) if last else each.period_until
    lines = []
    for each in _holding(found):
        procedure = each.certificate.procedure
        days = report_days(each.certificate, procedure.municipality.report_months, today)
        lines += [
            ReportLine(
                town=each.certificate.municipality,
                procedure=procedure,
                title=_("Jahresbericht"),
                due_on=day,
                state="late" if day < today else "due",
            )
            for day in _late_and_next(owed(days, covered.get(procedure.pk)), today)
        ]
    return lines


def _late_and_next(days: list[date], today: date) -> list[date]:
    return [day for day in days if day < today] + [day for day in days if day >= today][:1]


def _holding(found: list[Standing]) -> list[Standing]:
    """The certificate that holds of each procedure, the newest if several do."""
    chosen: dict[int, Standing] = {}
    for each in found:
        if each.holds:
            chosen.setdefault(each.certificate.procedure_id, each)
    return list(chosen.values())


def reports(today: date) -> list[ReportLine]:
    """Owed and received reports in scope; see `in_order`."""
    return in_order(standings(today), received(), today)


def in_order(found: list[Standing], got: list[ReportLine], today: date) -> list[ReportLine]:
    """What is late, to be looked at, returned, to come; then what was accepted, the newest first."""
    lines = [*due(found, got, today), *got]
    order = {state: place for place, state in enumerate(STATES)}
    waiting = [each for each in lines if each.state != Kind.ACCEPTED]
    accepted = [each for each in lines if each.state == Kind.ACCEPTED]
    return [
        *sorted(waiting, key=lambda each: (order[each.state], each.day, each.town.name)),
        *sorted(accepted, key=lambda each: each.day, reverse=True),
    ]


def counted(lines: list[ReportLine]) -> list[tuple[str, str, int]]:
    """How many reports are in which state: (state, its word, number)."""
    numbers: dict[str, int] = defaultdict(int)
    for each in lines:
        numbers[each.state] += 1
    return [(state, str(word), numbers[state]) for state, word in STATES.items()]
