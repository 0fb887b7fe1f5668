"""Which period the next report would cover: a proposal from the rounds and the certificate, nothing more."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kommpass.agreement.queries import adoptions
from kommpass.audits.models import Procedure
from kommpass.certification.queries import holding
from kommpass.domain.validity import months_before
from kommpass.reporting.queries import due_periods

ONE_DAY = timedelta(days=1)
LONGER_THAN_ONE = 400
"""Days from which a report covers more than one year."""


@dataclass(frozen=True)
class Proposal:
    """What the form of a new report begins with."""

    title: str
    period_from: date
    period_until: date
    due_on: date | None

    @property
    def merged(self) -> bool:
        return (self.period_until - self.period_from).days > LONGER_THAN_ONE


def propose(procedure: Procedure, today: date) -> Proposal:
    """From the day after the last report to the end of the newest round of asking; several years may be merged."""
    first = _first_day(procedure, today)
    last = _last_day(procedure, first, today)
    due = next((day for day in due_periods(procedure, today) if day >= first), None)
    years = str(last.year) if first.year == last.year else f"{first.year}/{last.year}"
    return Proposal(_("Jahresbericht %s") % years, first, last, due)


def _first_day(procedure: Procedure, today: date) -> date:
    if before := procedure.reports.order_by("-period_until").first():
        return before.period_until + ONE_DAY
    if asked := procedure.rounds.order_by("period_from").first():
        return asked.period_from
    if certificate := holding(today, [procedure]):
        return certificate.certificate.valid_from_on
    adoption = adoptions(procedure).defer("version__canonical").last()
    return adoption.valid_from if adoption else date(today.year, 1, 1)


def _last_day(procedure: Procedure, first: date, today: date) -> date:
    """The end of the newest round since then; else as many whole report periods as have gone by, one at least."""
    asked = procedure.rounds.filter(period_until__gte=first).order_by("-period_until").first()
    if asked:
        return asked.period_until
    months = procedure.municipality.report_months or 12
    last = months_before(first, -months) - ONE_DAY
    while months_before(last + ONE_DAY, -months) - ONE_DAY <= today:
        last = months_before(last + ONE_DAY, -months) - ONE_DAY
    return last
