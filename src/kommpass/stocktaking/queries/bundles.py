"""Which bundles somebody may see and answer, who still owes answers, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from kommpass.audits.models import FieldOfAction, JournalEntry, Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor, Role
from kommpass.domain.schemes import Question
from kommpass.people.addresses import in_town
from kommpass.people.models import ContributionLink, Organisation
from kommpass.stocktaking.models import Answer, QuestionBundle

State = QuestionBundle.State
STILL_OPEN = Q(answers__kind=Answer.Kind.OPEN) | Q(answers__confirmed=False)


def sees_all(actor: Actor) -> bool:
    """Coordination and auditor see the whole stocktaking; departments and providers see what is theirs."""
    return actor.has(Role.COORDINATOR, Role.AUDITOR)


def bundles(actor: Actor, procedure: Procedure) -> QuerySet[QuestionBundle]:
    """The bundles this actor may look at."""
    rows = QuestionBundle.objects.filter(procedure=procedure).select_related("organisation")
    if sees_all(actor):
        return rows
    return rows.filter(organisation__in=actor.organisations)


def answerable(actor: Actor, procedure: Procedure) -> QuerySet[QuestionBundle]:
    """The bundles this actor may answer: their own, and all of them for the coordination."""
    rows = bundles(actor, procedure)
    return rows if actor.has(Role.COORDINATOR) else rows.filter(organisation__in=actor.organisations)


def closable(procedure: Procedure) -> QuerySet[QuestionBundle]:
    return procedure.bundles.exclude(state=State.CLOSED)


def handed_in(procedure: Procedure) -> QuerySet[QuestionBundle]:
    """The bundles that wait for the coordination: close them, or give them back."""
    return procedure.bundles.filter(state=State.SUBMITTED)


def undelegated(procedure: Procedure) -> list[Question]:
    """The questions that are in no bundle yet, in the scheme's order."""
    taken = set(procedure.answers.exclude(bundle=None).values_list("question_key", flat=True))
    return [question for question in procedure.scheme.questions if question.key not in taken]


def suggested_title(field: FieldOfAction) -> str:
    return f"{field.number} {field.title}"[:200]


def undelivered(bundles: Iterable[QuestionBundle]) -> set[int]:
    """The bundles whose latest letter the mail server refused."""
    return set(
        ContributionLink.objects.filter(
            purpose=ContributionLink.Purpose.BUNDLE,
            subject__in=[each.pk for each in bundles],
            revoked_at=None,
            undelivered=True,
        ).values_list("subject", flat=True)
    )


@dataclass(frozen=True)
class Owed:
    """A bundle that still lies with an organisation, and how many of its questions are open."""

    organisation: Organisation
    bundle: QuestionBundle
    open_questions: int
    due_on: date | None
    overdue: bool


def who_owes(procedure: Procedure, today: date) -> list[Owed]:
    """Who still owes answers, the most urgent first. One query."""
    rows = (
        QuestionBundle.objects.filter(procedure=procedure, state__in=[State.OPEN, State.RETURNED])
        .select_related("organisation")
        .annotate(open_questions=Count("answers", filter=STILL_OPEN))
        # Written down: a query that counts forgets the order of its model.
        .order_by(F("due_on").asc(nulls_last=True), "title", "pk")
    )
    return [Owed(each.organisation, each, each.open_questions, each.due_on, each.overdue(today)) for each in rows]


def deadlines(procedure: Procedure) -> list[Deadline]:
    """The days until which bundles are to be answered. What was handed in is no deadline any more."""
    rows = QuestionBundle.objects.filter(
        procedure=procedure, state__in=[State.OPEN, State.RETURNED], due_on__isnull=False
    ).select_related("organisation")
    return [
        Deadline(
            each.due_on,
            _("Fragenpaket „%s“ beantworten") % each.title,
            "bundle",
            in_town("stocktaking:bundle", each.pk),
            each.organisation.name,
        )
        for each in rows
    ]


def passed_on_since(bundle: QuestionBundle, moment: datetime) -> int:
    """How often this bundle was passed on since then: the journal knows."""
    entries = JournalEntry.objects.filter(procedure=bundle.procedure_id, action="bundle.pass_on", at__gt=moment)
    return sum(each["bundle"] == bundle.pk for each in entries.values_list("details", flat=True))
