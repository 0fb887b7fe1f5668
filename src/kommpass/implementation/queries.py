"""How far the measures are: the newest word on each, counted by one function, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from kommpass.agreement.models import Agreement, Amendment, Goal, Measure, StatusEntry, Version
from kommpass.agreement.queries import measures
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.moments import PartialDate
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.progress import ENDED, Freshness, Light, MeasureState, Standing, Tally, freshness, overdue, tally
from kommpass.implementation.models import (
    AskedMeasure,
    AuditorView,
    GoalJudgement,
    IndicatorReading,
    SelfAssessment,
    StatusRemark,
    StatusRequest,
    StatusRound,
)
from kommpass.people.addresses import in_town
from kommpass.people.models import ContributionLink

LONGEST_CHAIN = 10


def rounds(procedure: Procedure) -> QuerySet[StatusRound]:
    """The rounds of a procedure, the newest first."""
    return procedure.rounds.order_by("-period_until", "-pk")


def open_round(procedure: Procedure) -> StatusRound | None:
    return procedure.rounds.filter(closed_at=None).first()


def reported_measures(agreement: Agreement) -> QuerySet[Measure]:
    """The measures a round asks about: adopted ones that still hold, in the order of the document."""
    return measures(agreement).filter(dropped=False)


def newest(
    agreement: Agreement, *, until: date | None = None, among: Iterable[int] | None = None
) -> dict[int, SelfAssessment]:
    """The newest word on each measure (key of the measure -> assessment). One query.

    A measure shared with another scheme is reported on where it was first agreed: its word counts for both.
    `until`: as it was known at the end of that day's round. `among`: only these measures, by their keys.
    """
    own = SelfAssessment.objects.filter(Q(measure__agreement=agreement) | Q(measure__shared_into__agreement=agreement))
    if among is not None:
        own = own.filter(measure__in=list(among))
    if until is not None:
        own = own.filter(round__period_until__lte=until)
    # Numbered by the database in one pass: asking of each row whether there is a later one takes minutes as soon as
    # PostgreSQL's statistics are old.
    latest_first = [F("round__period_until").desc(), F("pk").desc()]
    numbered = own.annotate(place=Window(RowNumber(), partition_by="measure", order_by=latest_first))
    return {each.measure_id: each for each in numbered.filter(place=1).select_related("round")}


@dataclass(frozen=True)
class MeasureStanding:
    """A measure with the newest word on it: one row of every list, report and export."""

    measure: Measure
    assessment: SelfAssessment | None
    rounds_since: int | None
    today: date

    @property
    def state(self) -> MeasureState | None:
        return MeasureState(self.assessment.state) if self.assessment else None

    @property
    def light(self) -> Light | None:
        return Light(self.assessment.light) if self.assessment else None

    @property
    def overdue(self) -> bool:
        return overdue(self.state, self.measure.due_on, self.today)

    @property
    def freshness(self) -> Freshness:
        return freshness(self.rounds_since)

    @property
    def later(self) -> str:
        """The new date, if whoever is in charge expects it after the adopted one."""
        expected = self.assessment.expected if self.assessment else ""
        if not expected or not self.measure.due_on:
            return expected
        return expected if PartialDate.parse(expected).last_day > self.measure.due_on else ""

    @property
    def counted(self) -> Standing:
        return Standing(self.state, self.light, self.overdue)


def standings(
    agreement: Agreement, today: date, *, until: date | None = None, ends: Iterable[date] | None = None
) -> list[MeasureStanding]:
    """All measures that hold, in the order of the document, each with the newest word. Three queries.

    `until` looks back: rounds that ended later are not taken into account. `ends`: the last days of all rounds, from
    callers who know them already.
    """
    if ends is None:
        ends = agreement.procedure.rounds.values_list("period_until", flat=True)
    known = [each for each in ends if until is None or each <= until]
    words = newest(agreement, until=until)
    found = []
    for measure in reported_measures(agreement):
        word = words.get(measure.shared_from_id or measure.pk) or words.get(measure.pk)
        since = sum(end > word.round.period_until for end in known) if word else None
        found.append(MeasureStanding(measure, word, since, today))
    return found


def tally_of(rows: Iterable[MeasureStanding]) -> Tally:
    return tally(each.counted for each in rows)


def districts(agreement: Agreement) -> dict[int, dict[int, str]]:
    """In which districts the measures happen: key of the measure -> key of the district -> its name. One query."""
    found: dict[int, dict[int, str]] = {}
    pairs = Measure.districts.through.objects.filter(measure__agreement=agreement).order_by("district__name")
    for measure, key, name in pairs.values_list("measure", "district", "district__name"):
        found.setdefault(measure, {})[key] = name
    return found


def by_field(rows: Sequence[MeasureStanding]) -> list[tuple[FieldOfAction, list[MeasureStanding]]]:
    """The rows under their fields of action, in order."""
    groups: dict[int, tuple[FieldOfAction, list[MeasureStanding]]] = {}
    for each in rows:
        place = each.measure.goal.field
        groups.setdefault(place.pk, (place, []))[1].append(each)
    return sorted(groups.values(), key=lambda pair: pair[0].number)


def by_goal(rows: Sequence[MeasureStanding]) -> list[tuple[Goal, list[MeasureStanding]]]:
    groups: dict[int, tuple[Goal, list[MeasureStanding]]] = {}
    for each in rows:
        groups.setdefault(each.measure.goal_id, (each.measure.goal, []))[1].append(each)
    return list(groups.values())


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


def history(measure: Measure) -> QuerySet[SelfAssessment]:
    """Everything that was ever said of a measure, the newest first."""
    return (
        SelfAssessment.objects.filter(measure=measure.shared_from_id or measure.pk)
        .select_related("round")
        .prefetch_related("readings__indicator")
        .order_by("-round__period_until", "-pk")
    )


def readings(measures_: Iterable[int]) -> dict[int, list[IndicatorReading]]:
    """The values of the indicators of these measures, oldest first, by indicator."""
    found: dict[int, list[IndicatorReading]] = {}
    rows = IndicatorReading.objects.filter(indicator__measure__in=list(measures_)).order_by("at", "pk")
    for each in sorted(rows, key=lambda each: PartialDate.parse(each.as_of).last_day):
        found.setdefault(each.indicator_id, []).append(each)
    return found


def views(measure: Measure) -> QuerySet[AuditorView]:
    return measure.auditor_views.select_related("round")


def remarks(procedure: Procedure, by: Actor) -> QuerySet[StatusRemark]:
    """What council members asked: the house reads all; nobody outside reads any but public ones (the portal)."""
    if not by.has(Role.COORDINATOR, Role.COUNCIL_MEMBER, Role.COUNCIL_OFFICE, Role.AUDITOR, Role.CONTRIBUTOR):
        return StatusRemark.objects.none()
    return StatusRemark.objects.filter(measure__agreement__procedure=procedure).select_related("measure")


def open_remarks(procedure: Procedure) -> int:
    return StatusRemark.objects.filter(measure__agreement__procedure=procedure, answered_at=None).count()


def judgements(agreement: Agreement) -> dict[int, GoalJudgement]:
    """The newest judgement of each goal (key of the goal -> judgement). One query."""
    found: dict[int, GoalJudgement] = {}
    for each in GoalJudgement.objects.filter(goal__agreement=agreement).order_by("at", "pk"):
        found[each.goal_id] = each
    return found


@dataclass(frozen=True)
class LateDate:
    """A measure whose owner expects a later date than was adopted: to be proposed as a change."""

    measure: Measure
    expected: str
    assessment: SelfAssessment


def late_dates(rows: Iterable[MeasureStanding]) -> list[LateDate]:
    return [LateDate(each.measure, each.later, each.assessment) for each in rows if each.later and each.measure.due]


def proposed_shifts(procedure: Procedure) -> set[int]:
    """The measures (their keys) for which another date is proposed and not decided on."""
    waiting = Amendment.objects.filter(
        base__agreement__procedure=procedure, kind=Amendment.Kind.DEADLINE_SHIFT, state=Amendment.State.PROPOSED
    )
    return set(waiting.values_list("measure", flat=True))


def history_waits(procedure: Procedure) -> bool:
    """Whether imported statuses have not all become rounds yet."""
    known = StatusRound.objects.filter(
        procedure=procedure, period_from=OuterRef("period_from"), period_until=OuterRef("period_until")
    )
    return StatusEntry.objects.filter(measure__agreement__procedure=procedure).exclude(Exists(known)).exists()


def predecessors(measure: Measure) -> list[tuple[Measure, SelfAssessment | None]]:
    """The same measure in earlier rounds of the audit, the nearest first, each with the last word on it."""
    found: list[tuple[Measure, SelfAssessment | None]] = []
    while (key := measure.predecessor_id) and len(found) < LONGEST_CHAIN:
        measure = Measure.objects.select_related("agreement__procedure").get(pk=key)
        found.append((measure, history(measure).first()))
    return found


def promise(version: Version | None, measure: Measure) -> dict | None:
    """What a frozen version says of this measure; None if it does not stand there."""
    content = version.content if version else {"fields": []}
    goals_ = (goal for field in content["fields"] for group in field["strategic_goals"] for goal in group["goals"])
    found = (each for goal in goals_ for each in goal["measures"] if each["id"] == str(measure.uid))
    return next(found, None)


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


def over(procedure: Procedure) -> QuerySet[Measure]:
    """The measures of which the newest word says that they are done or have ended otherwise: nothing is due of them.

    Keys, to be used inside of another query.
    """
    words = SelfAssessment.objects.filter(Q(measure=OuterRef("pk")) | Q(measure=OuterRef("shared_from")))
    newest_word = words.order_by("-round__period_until", "-pk").values("state")[:1]
    found = Measure.objects.filter(agreement__procedure=procedure).annotate(said=Subquery(newest_word))
    return found.filter(said__in=ENDED).values("pk")


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
