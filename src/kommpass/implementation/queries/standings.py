"""How far the measures are: the newest word on each, counted by one function, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from kommpass.agreement.models import Agreement, Goal, Measure
from kommpass.agreement.queries import measures
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.moments import PartialDate
from kommpass.domain.progress import ENDED, Freshness, Light, MeasureState, Standing, Tally, freshness, overdue, tally
from kommpass.implementation.models import SelfAssessment, StatusRound


def rounds(procedure: Procedure) -> QuerySet[StatusRound]:
    """The rounds of a procedure, the newest first."""
    return procedure.rounds.order_by("-period_until", "-pk")


def open_round(procedure: Procedure) -> StatusRound | None:
    return procedure.rounds.filter(closed_at=None).first()


def reported_measures(agreement: Agreement) -> QuerySet[Measure]:
    """The measures a round asks about: adopted ones that still hold, in the order of the document."""
    return measures(agreement).filter(promised=True, dropped=False)


def asked_here(agreement: Agreement) -> QuerySet[Measure]:
    """Of these, whatever is not asked about elsewhere: a shared measure only once the round it came from is over."""
    elsewhere = [Procedure.State.RUNNING, Procedure.State.PAUSED]
    return reported_measures(agreement).exclude(shared_from__agreement__procedure__state__in=elsewhere)


def newest(
    agreement: Agreement, *, until: date | None = None, among: Iterable[int] | None = None
) -> dict[int, SelfAssessment]:
    """The newest word on each measure (key of the measure -> assessment). One query.

    A measure shared with another scheme is reported on where it was first agreed, as long as that round runs: its word
    counts for both.
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
        said = [words[key] for key in (measure.shared_from_id, measure.pk) if key in words]
        word = max(said, key=lambda each: (each.round.period_until, each.pk), default=None)
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


def over(procedure: Procedure) -> QuerySet[Measure]:
    """The measures of which the newest word says that they are done or have ended otherwise: nothing is due of them.

    Keys, to be used inside of another query.
    """
    words = SelfAssessment.objects.filter(Q(measure=OuterRef("pk")) | Q(measure=OuterRef("shared_from")))
    newest_word = words.order_by("-round__period_until", "-pk").values("state")[:1]
    found = Measure.objects.filter(agreement__procedure=procedure).annotate(said=Subquery(newest_word))
    return found.filter(said__in=ENDED).values("pk")
