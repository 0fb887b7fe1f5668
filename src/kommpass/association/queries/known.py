"""What the office knows of the towns in scope, asked once and then looked at from many sides."""

from dataclasses import dataclass
from datetime import date

from kommpass.assessment.models import ReviewDecision
from kommpass.association.models import Instalment
from kommpass.association.queries.certificates import standings
from kommpass.association.queries.contracts import unpaid
from kommpass.association.queries.decisions import released
from kommpass.association.queries.reports import ReportLine, received
from kommpass.certification.queries import Standing


@dataclass(frozen=True)
class Known:
    """Certificates, received reports, announced decisions and unpaid instalments on a day."""

    today: date
    standings: list[Standing]
    received: list[ReportLine]
    decisions: list[ReviewDecision]
    unpaid: list[Instalment]


def known(today: date) -> Known:
    """Twelve queries, however many towns there are."""
    return Known(today, standings(today), received(), released(), list(unpaid()))
