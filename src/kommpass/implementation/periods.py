"""Which period the next round would ask about: a proposal from the last round and the certificate, nothing more."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kommpass.agreement.queries import adoptions
from kommpass.audits.models import Procedure
from kommpass.certification.queries import holding
from kommpass.domain.validity import months_before
from kommpass.implementation.queries import rounds

DAYS_TO_ANSWER = 28
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Proposal:
    """What the form of a new round begins with."""

    title: str
    period_from: date
    period_until: date
    due_on: date


def propose(procedure: Procedure, today: date) -> Proposal:
    """The period after the last round, else from the beginning of the certificate or of the agreement.

    It is as long as a report of this town. Where more than one such period has gone by, they are merged.
    """
    first = _first_day(procedure, today)
    months = procedure.municipality.report_months or 12
    last = _last_day(first, months)
    while _last_day(last + ONE_DAY, months) <= today:
        last = _last_day(last + ONE_DAY, months)
    return Proposal(_title(first, last), first, last, today + timedelta(days=DAYS_TO_ANSWER))


def _first_day(procedure: Procedure, today: date) -> date:
    if before := rounds(procedure).first():
        return before.period_until + ONE_DAY
    if certificate := holding(today, [procedure]):
        return certificate.certificate.valid_from_on
    adoption = adoptions(procedure).last()
    return adoption.valid_from if adoption else today


def _last_day(first: date, months: int) -> date:
    return months_before(first, -months) - ONE_DAY


def _title(first: date, last: date) -> str:
    """Named after the years in which most of the period lies: from November 2023 to October 2024 it is 2024."""
    begins = first.year if first.month <= 6 else first.year + 1
    years = str(last.year) if begins >= last.year else f"{begins}/{last.year}"
    return _("Sachstand %s") % years
