"""What was decided as the town may know it: announced decisions, conditions, opinions to check, deadlines."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from kommpass.assessment.models import (
    Condition,
    ConditionReport,
    Consensus,
    Recusal,
    Release,
    ReviewCase,
    ReviewDecision,
    Submission,
)
from kommpass.assessment.queries.cases import cases
from kommpass.audits.models import Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor
from kommpass.people.addresses import in_town

OBJECTION_DAYS = 28


def released(procedure: Procedure) -> QuerySet[ReviewDecision]:
    """Decisions that were announced to the town, the newest first: what the town may know of its cases."""
    found = (
        ReviewDecision.objects.filter(case__submission__procedure=procedure, release__isnull=False)
        .select_related("release", "opinion", "case__submission", "objection__answer")
        .defer("case__submission__canonical")
        .order_by("-release__at", "-pk")
    )
    return _with_conditions(found)


def _with_conditions(found: QuerySet[ReviewDecision]) -> QuerySet[ReviewDecision]:
    """With everything `announced_lines` reads."""
    return found.prefetch_related(Prefetch("conditions", Condition.objects.prefetch_related(_proofs())))


def announced_to(procedure: Procedure, by: Actor) -> QuerySet[ReviewDecision]:
    """The announced decisions this actor may read: never one of a case they are recused from."""
    recused = Recusal.objects.filter(case=OuterRef("case"), reviewer=by.id)
    return released(procedure).exclude(Exists(recused)).prefetch_related("certificates")


def unobjectable(decision: ReviewDecision, today: date) -> str:
    """Why the town cannot object (any more), in a sentence; empty if it can. Shown and judged alike."""
    if not hasattr(decision, "release"):
        return _("Diese Entscheidung ist noch nicht bekanntgegeben.")
    if decision.outcome == ReviewDecision.Outcome.GRANT:
        return _("Das Zertifikat ist ohne Auflagen erteilt. Dagegen braucht es keinen Widerspruch.")
    if hasattr(decision, "objection"):
        return _("Ihr Widerspruch liegt schon vor.")
    if today > decision.release.objection_until:
        return _("Die Frist für einen Widerspruch ist abgelaufen.")
    if decision.certificates.all():
        return _("Auf diese Entscheidung ist schon ein Zertifikat ausgestellt.")
    return ""


def opinions_for_town(procedure: Procedure) -> QuerySet[Consensus]:
    """The opinions the town was asked about: the newest of each case, and those on which a decision was announced.

    Whether a decision is taken that is not announced yet makes no difference here: the town must not see it.
    """
    newer = Consensus.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return (
        Consensus.objects.filter(case__submission__procedure=procedure)
        .annotate(closed=Exists(Release.objects.filter(decision__opinion=OuterRef("pk"))), replaced=Exists(newer))
        .exclude(replaced=True, closed=False)
        .select_related("case__submission", "factual_answer")
        .defer("case__submission__canonical")
    )


def opinions_readable(procedure: Procedure, by: Actor) -> QuerySet[Consensus]:
    """The same without cases this actor is recused from."""
    recused = Recusal.objects.filter(case=OuterRef("case"), reviewer=by.id)
    return opinions_for_town(procedure).exclude(Exists(recused))


def opinions_to_check(procedure: Procedure, by: Actor | None = None) -> QuerySet[Consensus]:
    """Opinions the town is asked about and has not answered, as long as no decision on them is announced."""
    found = opinions_readable(procedure, by) if by else opinions_for_town(procedure)
    return found.filter(factual_answer=None, closed=False, replaced=False)


def granting_decision(procedure: Procedure) -> ReviewDecision | None:
    """The announced decision on which a certificate may be issued: the newest word, if it grants."""
    newest = released(procedure).first()
    return newest if newest and newest.granting else None


@dataclass(frozen=True)
class ConditionLine:
    """A condition with what was shown and whether that was enough."""

    condition: Condition
    reports: list[ConditionReport] = field(default_factory=list)

    @property
    def met(self) -> bool:
        return any(getattr(each, "check_result", None) and each.check_result.met for each in self.reports)

    @property
    def waiting(self) -> bool:
        """Something was shown and nobody has looked at it yet."""
        return bool(self.reports) and not hasattr(self.reports[0], "check_result")

    @property
    def state(self) -> str:
        return "met" if self.met else "waiting" if self.waiting else "open"


def condition_lines(decision: ReviewDecision) -> list[ConditionLine]:
    rows = Condition.objects.filter(decision=decision).prefetch_related(_proofs())
    return [ConditionLine(each, list(each.reports.all())) for each in rows]


def announced_lines(decision: ReviewDecision) -> list[ConditionLine]:
    """The same of a decision that comes with its conditions (see `_with_conditions`): without another query."""
    return [ConditionLine(each, list(each.reports.all())) for each in decision.conditions.all()]


def _proofs() -> Prefetch:
    return Prefetch("reports", ConditionReport.objects.select_related("check_result"))


def blocking_conditions(decision: ReviewDecision) -> list[ConditionLine]:
    """What still holds the certificate back."""
    return [each for each in condition_lines(decision) if each.condition.blocking and not each.met]


def proofs(by: Actor) -> QuerySet[ConditionReport]:
    """What the town showed for its conditions, the oldest first, of cases this actor may see."""
    return (
        ConditionReport.objects.filter(condition__decision__case__in=cases(by).values("pk"))
        .select_related("condition__decision__case__submission", "check_result")
        .defer("condition__decision__case__submission__canonical")
        .order_by("at", "pk")
    )


def unchecked_proofs(by: Actor) -> QuerySet[ConditionReport]:
    """What nobody has looked at yet."""
    return proofs(by).filter(check_result=None)


def decisions_of(case: ReviewCase) -> QuerySet[ReviewDecision]:
    """All decisions of a case, the newest first, announced or not, with their conditions."""
    return _with_conditions(case.decisions.select_related("release", "opinion", "objection__answer"))


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room for gates. Only what was announced counts as decided."""
    return {
        "submissions": procedure.submissions.count(),
        "review_decisions": Release.objects.filter(
            decision__case__submission__procedure=procedure, decision__outcome__in=ReviewDecision.GRANTING
        ).count(),
    }


def deadlines(procedure: Procedure) -> list[Deadline]:
    """What the town owes the association: facts of an opinion, open conditions, the end of the time to object.

    A condition whose proof waits for the office is no debt of the town, until it is found not to be enough.
    """
    address = in_town("assessment:overview")
    found = [
        Deadline(each.answer_by, _("Gutachten sachlich prüfen"), "opinion", address)
        for each in opinions_to_check(procedure)
    ]
    for decision in released(procedure)[:1]:
        if not hasattr(decision, "objection") and decision.outcome != ReviewDecision.Outcome.GRANT:
            found.append(Deadline(decision.release.objection_until, _("Widerspruch möglich bis"), "objection", address))
        found += [
            Deadline(line.condition.due_on, _("Auflage erfüllen: %s") % line.condition, "condition", address)
            for line in condition_lines(decision)
            if line.state == "open"
        ]
    return found


def due_for_office(day: date) -> list[Deadline]:
    """What waits for the office of the association in this town: submissions to check, proofs to look at."""
    address = in_town("assessment:overview")
    unchecked = Submission.objects.filter(checks=None)
    proofs = ConditionReport.objects.filter(check_result=None)
    return [
        *(Deadline(day, _("Einreichung prüfen"), "submission", address) for _each in unchecked),
        *(Deadline(day, _("Nachweis zu einer Auflage prüfen"), "condition", address) for _each in proofs),
    ]
