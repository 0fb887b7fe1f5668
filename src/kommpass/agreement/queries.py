"""What can be seen of an agreement: the draft, whose measures, versions, and what holds on a day."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from kommpass.agreement.models import (
    Adoption,
    Agreement,
    Amendment,
    Goal,
    Measure,
    Origin,
    Remark,
    StatusEntry,
    Step,
    StrategicGoal,
    Version,
)
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.quality import MeasureFacts, hints
from kommpass.offers.models import Offer
from kommpass.participation.models import Card
from kommpass.participation.queries import cards_of_kind

LACKS = {"responsible": Q(responsible=None), "due": Q(due="")}
"""What the database can see by itself: the thousand measures without this mistake need not be loaded."""
READS_DRAFTS = (Role.COORDINATOR, Role.CONTRIBUTOR, Role.COUNCIL_OFFICE, Role.AUDITOR)


def agreement_of(procedure: Procedure) -> Agreement | None:
    return Agreement.objects.filter(procedure=procedure).first()


def locked(agreement: Agreement) -> Agreement:
    """The agreement, held until the end of the transaction: of two who freeze or adopt at once the second waits."""
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def goals(agreement: Agreement) -> QuerySet[Goal]:
    """The goals in the order of the document, each with the number of its measures."""
    return (
        agreement.goals.select_related("field", "strategic_goal")
        .annotate(measure_count=Count("measures"))
        .order_by("field__number", *_place("strategic_goal"), "position", "pk")
    )


def _place(strategic: str) -> tuple:
    """Goals stand under their strategic goals; those without one come last."""
    return F(f"{strategic}__position").asc(nulls_last=True), f"{strategic}__pk"


def _in_order(found: QuerySet[Measure]) -> QuerySet[Measure]:
    return found.select_related("goal__field", "responsible", "post").order_by(
        "goal__field__number", *_place("goal__strategic_goal"), "goal__position", "goal__pk", "position", "pk"
    )


def measures(agreement: Agreement) -> QuerySet[Measure]:
    """The measures in the order of the document."""
    return _in_order(agreement.measures.all())


def listed(procedure: Procedure) -> QuerySet[Measure]:
    """The measures of the draft in the order of the document, to be narrowed down and cut into pages."""
    return _in_order(Measure.objects.filter(agreement__procedure=procedure))


def on_page(page: QuerySet[Measure]) -> QuerySet[Measure]:
    """The measures of one page with light and name of their newest status, in one query.

    The database sorts all measures by their keys alone; only the page itself is read in full.
    """
    newest = StatusEntry.objects.filter(measure=OuterRef("pk")).order_by("-period_until", "-pk")
    return _in_order(Measure.objects.filter(pk__in=page.values("pk"))).annotate(
        latest_label=Subquery(newest.values("label")[:1]), latest_light=Subquery(newest.values("light")[:1])
    )


def writable(agreement: Agreement, by: Actor) -> QuerySet[Measure]:
    """The measures this actor may edit: all for coordination and auditor, else those of their organisations."""
    found = measures(agreement)
    return found if by.has(Role.COORDINATOR, Role.AUDITOR) else found.filter(responsible__in=by.organisations)


def own(procedure: Procedure, by: Actor) -> QuerySet[Measure]:
    """The measures for which this actor's organisations are responsible."""
    found = Measure.objects.filter(agreement__procedure=procedure, responsible__in=by.organisations)
    return _in_order(found).prefetch_related("steps", "indicators", "partners")


def with_details(found: QuerySet[Measure]) -> QuerySet[Measure]:
    """Everything a document says of a measure, in a constant number of queries."""
    return found.prefetch_related(
        "partners",
        "districts",
        "steps",
        "indicators",
        "statuses",
        "also_serves",
        Prefetch("origins", queryset=Origin.objects.order_by("pk")),
    )


def public_measures_of(offer: Offer) -> QuerySet[Measure]:
    """The promised and public measures that an offer carries out or contributes to: for the page of the offer."""
    return (
        Measure.objects.filter(offers__offer=offer, promised=True, public=True, dropped=False)
        .select_related("goal__field", "agreement__procedure")
        .order_by("number", "pk")
    )


def outline(agreement: Agreement) -> list[tuple[FieldOfAction, list[tuple[StrategicGoal | None, list[Goal]]]]]:
    """Fields with their strategic goals and goals, in order. Four queries whatever the size."""
    of_field: dict[int, dict[int | None, list[Goal]]] = {}
    for goal in goals(agreement):
        of_field.setdefault(goal.field_id, {}).setdefault(goal.strategic_goal_id, []).append(goal)
    strategic: dict[int, list[StrategicGoal]] = {}
    for each in agreement.strategic_goals.order_by("position", "pk"):
        strategic.setdefault(each.field_id, []).append(each)
    drawn = []
    for field in agreement.procedure.fields.all():
        groups = of_field.get(field.pk, {})
        rows: list[tuple[StrategicGoal | None, list[Goal]]] = [
            (each, groups.get(each.pk, [])) for each in strategic.get(field.pk, [])
        ]
        if groups.get(None):
            rows.append((None, groups[None]))
        drawn.append((field, rows))
    return drawn


def facts_of(measure: Measure) -> MeasureFacts:
    """What the quality hints look at. Uses prefetched indicators and districts."""
    return MeasureFacts(
        title=measure.title,
        description=measure.description,
        responsible=measure.responsible_id is not None,
        due=bool(measure.due),
        resources=bool(
            measure.cost_once is not None or measure.cost_yearly is not None or measure.funding or measure.staff_effort
        ),
        indicator=bool(list(measure.indicators.all())),
        districts=bool(list(measure.districts.all())),
        target_groups=bool(measure.target_groups),
        due_year=measure.due_on.year if measure.due_on else None,
    )


def quality(measure: Measure, procedure: Procedure) -> list[tuple[object, bool]]:
    """The hints on a measure, each with "does the scheme refuse it?"."""
    severities = {rule.key: rule.severity for rule in procedure.scheme.quality_rules}
    return [(hint, severities[hint.key] == "error") for hint in hints(facts_of(measure)) if hint.key in severities]


def quality_errors(agreement: Agreement) -> list[tuple[Measure, object]]:
    """Measures that the scheme refuses to freeze, with the reason."""
    strict = {rule.key for rule in agreement.procedure.scheme.quality_rules if rule.severity == "error"}
    if not strict:
        return []
    found = measures(agreement).filter(dropped=False)
    if strict <= LACKS.keys():
        found = found.filter(reduce(or_, (LACKS[key] for key in strict)))
    found = found.prefetch_related("indicators", "districts")
    return [(measure, hint) for measure in found for hint in hints(facts_of(measure)) if hint.key in strict]


def unaccepted(agreement: Agreement) -> QuerySet[Measure]:
    """What stands against freezing: declined measures, and those of outside actors who have not agreed."""
    outside = ~Q(responsible__kind="department") & Q(responsible__isnull=False)
    return (
        measures(agreement)
        .filter(dropped=False)
        .filter(Q(acceptance=Measure.Acceptance.DECLINED) | (outside & ~Q(acceptance=Measure.Acceptance.ACCEPTED)))
    )


def versions(procedure: Procedure, by: Actor) -> QuerySet[Version]:
    """The versions this actor may see: the house sees all, council members what was tabled or adopted.

    Board and association read the copy that was submitted to them (`assessment`), and nothing here.
    """
    found = (
        Version.objects.filter(agreement__procedure=procedure)
        .select_related("adoption__decision__body", "base")
        .prefetch_related("tablings__paper", "recommendations")
        .defer("canonical")
        .order_by("-number")
    )
    if by.has(*READS_DRAFTS):
        return found
    if by.has(Role.COUNCIL_MEMBER):
        return found.filter(Q(adoption__isnull=False) | Q(tablings__isnull=False)).distinct()
    return found.none()


def adoptions(procedure: Procedure) -> QuerySet[Adoption]:
    """The adopted versions, the newest first. Each holds until the next begins."""
    return (
        Adoption.objects.filter(version__agreement__procedure=procedure)
        .select_related("version", "decision__body")
        .order_by("-valid_from", "-pk")
    )


def in_force(procedure: Procedure, day: date) -> Version | None:
    """The version that held on a day: the last adopted one whose validity had begun."""
    adoption = adoptions(procedure).filter(valid_from__lte=day).first()
    return adoption.version if adoption else None


def latest_version(agreement: Agreement) -> Version | None:
    return agreement.versions.order_by("-number").first()


def amendments(procedure: Procedure, by: Actor) -> QuerySet[Amendment]:
    """The changes this actor may see: the house sees proposals too, all others what was approved."""
    found = Amendment.objects.filter(base__agreement__procedure=procedure).select_related(
        "measure", "base", "decision__body", "result"
    )
    return found if by.has(*READS_DRAFTS) else found.filter(state=Amendment.State.APPROVED)


def remarks(version: Version, by: Actor) -> QuerySet[Remark]:
    """What council members ask stays inside the town."""
    return version.remarks.all() if by.has(*READS_DRAFTS, Role.COUNCIL_MEMBER) else version.remarks.none()


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room for gates and cockpit."""
    agreement = agreement_of(procedure)
    if agreement is None:
        return {}
    agreement.procedure = procedure
    outside = ~Q(responsible__kind="department") & Q(responsible__isnull=False)
    accepted = Q(acceptance=Measure.Acceptance.ACCEPTED)
    facts = agreement.measures.aggregate(
        measures=Count("pk"),
        measures_with_owner=Count("pk", filter=Q(responsible__isnull=False)),
        measures_with_due=Count("pk", filter=~Q(due="")),
        measures_accepted=Count("pk", filter=accepted),
        outside_measures=Count("pk", filter=outside),
        outside_measures_accepted=Count("pk", filter=outside & accepted),
    )
    strict = any(rule.severity == "error" for rule in procedure.scheme.quality_rules)
    facts |= agreement.versions.aggregate(
        frozen_versions=Count("pk", distinct=True),
        recommendations=Count("recommendations", filter=Q(recommendations__verdict__in=["recommend", "conditions"])),
    )
    return facts | {
        "strategic_goals": agreement.strategic_goals.count(),
        "goals": agreement.goals.count(),
        "quality_errors": len(quality_errors(agreement)) if strict else 0,
        "council_decisions": Adoption.objects.filter(version__agreement=agreement, decision__isnull=False).count(),
    }


def deadlines(procedure: Procedure, *, over: QuerySet[Measure] | None = None) -> list[Deadline]:
    """The due dates of the measures and of their steps; what is dropped, or `over`, is not due."""
    due = Measure.objects.filter(agreement__procedure=procedure, dropped=False)
    if over is not None:
        due = due.exclude(pk__in=over)
    measures_due = due.filter(due_on__isnull=False).select_related("responsible").order_by("due_on")
    steps_due = Step.objects.filter(due_on__isnull=False, measure__in=due).select_related("measure__responsible")
    return [
        *(_deadline(each.due_on, str(each), "measure", each) for each in measures_due),
        *(
            _deadline(
                each.due_on,
                _("Schritt: %(title)s (%(measure)s)") % {"title": each.title, "measure": each.measure},
                "step",
                each.measure,
            )
            for each in steps_due
        ),
    ]


def _deadline(due_on: date, label: str, kind: str, measure: Measure) -> Deadline:
    return Deadline(due_on, label, kind, measure.get_absolute_url(), str(measure.responsible or ""))


def waiting_organisations(procedure: Procedure) -> list[tuple[str, int]]:
    """Who has been asked and has not answered yet, with the number of measures. One query."""
    return list(
        Measure.objects.filter(agreement__procedure=procedure, acceptance=Measure.Acceptance.ASKED)
        .values_list("responsible__name")
        .annotate(waiting=Count("pk"))
        .order_by("-waiting", "responsible__name")
    )


def open_amendments(procedure: Procedure) -> int:
    """How many proposed changes wait for a decision."""
    return Amendment.objects.filter(base__agreement__procedure=procedure, state=Amendment.State.PROPOSED).count()


def open_remarks(procedure: Procedure) -> int:
    """How many questions of council members have no answer yet."""
    return Remark.objects.filter(version__agreement__procedure=procedure, answered_at=None).count()


def strategic_cards(procedure: Procedure, field: FieldOfAction) -> QuerySet[Card]:
    """The cards with strategic goals for this field, or for none, that became nothing yet."""
    found = cards_of_kind(procedure, Card.Kind.STRATEGIC_GOAL).filter(turned_into="")
    return found.filter(Q(field=field) | Q(field=None))
