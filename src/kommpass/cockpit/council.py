"""What mayor and council see in two minutes: promised, done, late, costs; by field and by district; what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from kommpass.agreement.models import Adoption, Version
from kommpass.agreement.queries import adoptions, agreement_of
from kommpass.audits.models import Procedure
from kommpass.cockpit import queries
from kommpass.domain.deadlines import Deadline
from kommpass.domain.progress import ENDED, Light
from kommpass.domain.worddiff import AgreementChanges, compare_agreements
from kommpass.implementation import queries as implementation
from kommpass.implementation.figures import state_parts
from kommpass.implementation.queries import MeasureStanding, tally_of
from kommpass.people.addresses import in_town

DECISIONS = {"paper", "meeting", "report", "certificate", "renewal", "proof", "condition"}
"""The kinds of deadlines with which a council has to do."""
Bar = tuple[str, list, str]


@dataclass(frozen=True)
class Promise:
    """What was adopted first, what holds today, and every change between them with its approval."""

    first: Adoption
    now: Adoption
    changes: list[Adoption]


def promise(procedure: Procedure, today: date) -> Promise | None:
    """Nothing before the resolution: a draft is not for everybody here."""
    begun = [each for each in adoptions(procedure).defer("version__canonical") if each.valid_from <= today]
    return Promise(begun[-1], begun[0], begun[:-1]) if begun else None


def wording(found: Promise) -> AgreementChanges | None:
    """The exact wording adopted against today's; None while nothing has changed. Two queries."""
    if not found.changes:
        return None
    texts = {each.pk: each for each in Version.objects.filter(pk__in=[found.first.version_id, found.now.version_id])}
    return compare_agreements(texts[found.first.version_id].content, texts[found.now.version_id].content)


def rows(procedure: Procedure, today: date) -> list[MeasureStanding]:
    """The measures that hold with the last word on each: the same rows as in the report."""
    agreement = agreement_of(procedure)
    if agreement is None:
        return []
    agreement.procedure = procedure
    return implementation.standings(agreement, today)


@dataclass(frozen=True)
class Costs:
    """What the measures cost, and how much of it is only promised if the budget allows."""

    once: Decimal
    yearly: Decimal
    reserved_once: Decimal
    reserved_yearly: Decimal


def costs(found: Iterable[MeasureStanding]) -> Costs:
    every = [each.measure for each in found]
    reserved = [each for each in every if each.subject_to_budget]
    return Costs(
        _sum(each.cost_once for each in every),
        _sum(each.cost_yearly for each in every),
        _sum(each.cost_once for each in reserved),
        _sum(each.cost_yearly for each in reserved),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in amounts if each is not None), Decimal(0))


def late(found: Iterable[MeasureStanding]) -> list[MeasureStanding]:
    """What is overdue, comes later than promised, or is in trouble; what is over is not late."""
    return [
        each
        for each in found
        if each.state not in ENDED and (each.overdue or each.later or each.light in (Light.YELLOW, Light.RED))
    ]


def by_field(found: list[MeasureStanding]) -> list[Bar]:
    """One bar for each field, leading to its measures."""
    here = in_town("implementation:overview")
    return [
        (str(place), state_parts(tally_of(each)), f"{here}?field={place.pk}#list")
        for place, each in implementation.by_field(found)
    ]


def by_district(found: list[MeasureStanding], places: dict[int, dict[int, str]]) -> list[Bar]:
    """One bar for each district; a measure in two districts counts in both, one without stands for the whole town."""
    here = in_town("implementation:overview")
    names = sorted({pair for each in places.values() for pair in each.items()}, key=lambda pair: pair[1])
    bars = [
        (
            name,
            state_parts(tally_of(each for each in found if key in places.get(each.measure.pk, {}))),
            f"{here}?district={key}#list",
        )
        for key, name in names
    ]
    everywhere = [each for each in found if not places.get(each.measure.pk)]
    bars.append((_("ohne Stadtteil, für alle"), state_parts(tally_of(everywhere)), ""))
    return [bar for bar in bars if any(part[1] for part in bar[1])]


def decisions(procedure: Procedure, today: date) -> list[Deadline]:
    """What comes before the council next: papers, reports, the end of the certificate."""
    return [each for each in queries.deadlines(procedure, today) if each.kind in DECISIONS]
