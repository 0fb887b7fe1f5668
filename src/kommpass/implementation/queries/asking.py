"""Whom a round asks about which measures, what was answered, and until when."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.models import Measure, StatusEntry
from kommpass.agreement.queries import measures
from kommpass.audits.models import Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor, Role
from kommpass.implementation.models import AskedMeasure, GoalJudgement, SelfAssessment, StatusRequest, StatusRound
from kommpass.implementation.queries.standings import open_round
from kommpass.people.addresses import in_town
from kommpass.people.models import ContributionLink


def requests(round_: StatusRound) -> QuerySet[StatusRequest]:
    """Whom the round asks, each with how many measures and how many of them have an answer."""
    answered = Exists(SelfAssessment.objects.filter(round=round_, measure=OuterRef("asked__measure")))
    return (
        round_.requests.select_related("organisation", "post")
        .annotate(
            measure_count=Count("asked", distinct=True),
            answered_count=Count("asked", filter=answered, distinct=True),
        )
        .order_by("name", "pk")
    )


def measures_of_request(request: StatusRequest) -> QuerySet[Measure]:
    """What this person is asked about: list and look-up of the link start here."""
    return (
        measures(request.round.procedure.agreement)
        .filter(asked__request=request)
        .prefetch_related("indicators", "steps")
    )


def request_behind(link: ContributionLink) -> StatusRequest | None:
    """The request that a contribution link is about."""
    return (
        StatusRequest.objects.select_related("round__procedure__municipality", "organisation")
        .filter(pk=link.subject, organisation=link.organisation_id)
        .first()
    )


def acting_for(by: Actor, request: StatusRequest) -> Actor:
    """Whoever opened the link of a request, acting for the organisations in charge of what it asks about."""
    owners = request.asked.values_list("measure__responsible", flat=True)
    return replace(by, name=request.name or by.name, organisations=by.organisations | frozenset(owners))


def own_requests(procedure: Procedure, by: Actor) -> QuerySet[StatusRequest]:
    """The requests of the open round that this actor answers: those to their organisations; coordination all."""
    found = requests_of_open_round(procedure)
    return found if by.has(Role.COORDINATOR) else found.filter(organisation__in=by.organisations)


def requests_of_open_round(procedure: Procedure) -> QuerySet[StatusRequest]:
    return StatusRequest.objects.filter(round__procedure=procedure, round__closed_at=None).select_related(
        "round__procedure__municipality", "organisation", "post__holder", "post__deputy"
    )


def own_measures(round_: StatusRound, by: Actor) -> QuerySet[Measure]:
    """What this round asks the organisations of somebody who signs in: list and look-up of their page start here."""
    found = measures(round_.procedure.agreement).filter(asked__round=round_, responsible__in=by.organisations)
    return found.prefetch_related("indicators", "steps")


def given(round_: StatusRound, *, among: Iterable[int] | None = None) -> dict[int, SelfAssessment]:
    """What was said in this round: the newest word on each measure, or on `among` these."""
    said = SelfAssessment.objects.filter(round=round_).order_by("pk")
    if among is not None:
        said = said.filter(measure__in=list(among))
    return {each.measure_id: each for each in said.prefetch_related("readings__indicator")}


def history_waits(procedure: Procedure) -> bool:
    """Whether imported statuses have not all become rounds yet."""
    known = StatusRound.objects.filter(
        procedure=procedure, period_from=OuterRef("period_from"), period_until=OuterRef("period_until")
    )
    return StatusEntry.objects.filter(measure__agreement__procedure=procedure).exclude(Exists(known)).exists()


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room."""
    return {
        "status_rounds": procedure.rounds.count(),
        "measures_reported": AskedMeasure.objects.filter(
            round__procedure=procedure, measure__assessments__round=F("round")
        )
        .values("measure")
        .distinct()
        .count(),
        "goals_judged": GoalJudgement.objects.filter(goal__agreement__procedure=procedure)
        .values("goal")
        .distinct()
        .count(),
    }


def deadlines(procedure: Procedure) -> list[Deadline]:
    """Until when the open round wants its answers, by whoever still owes one."""
    found = open_round(procedure)
    if found is None:
        return []
    return [
        Deadline(
            found.due_on,
            _("Sachstand melden: noch %(open)d von %(all)d Maßnahmen")
            % {"open": each.measure_count - each.answered_count, "all": each.measure_count},
            "status",
            in_town("implementation:overview"),
            str(each.organisation),
        )
        for each in requests(found)
        if each.answered_count < each.measure_count
    ]
