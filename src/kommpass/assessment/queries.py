"""What can be seen of the review, and by whom: every list and every look-up of a case starts here."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from kommpass.agreement.models import Version
from kommpass.agreement.queries import adoptions
from kommpass.assessment.models import (
    AuditorReport,
    CompletenessCheck,
    Condition,
    ConditionReport,
    Consensus,
    DeclaredConflict,
    Recusal,
    Release,
    Review,
    ReviewCase,
    ReviewDecision,
    Seat,
    Submission,
)
from kommpass.audits.models import Procedure
from kommpass.domain.deadlines import Deadline
from kommpass.domain.gates import Requirement
from kommpass.domain.permissions import Actor, Role
from kommpass.people.addresses import in_town
from kommpass.people.models import Membership

OBJECTION_DAYS = 28
FACTUAL_CHECK_DAYS = 14


def adopted_version(procedure: Procedure) -> Version | None:
    """The version in force by the newest adoption: the one that can be submitted."""
    adoption = adoptions(procedure).first()
    return adoption.version if adoption else None


def auditor_reports(procedure: Procedure) -> QuerySet[AuditorReport]:
    """The auditor's words on adopted versions, the newest first."""
    return procedure.auditor_reports.select_related("version")


def standing_report(version: Version) -> AuditorReport | None:
    """What the auditor says of this version: the newest word counts."""
    return AuditorReport.objects.filter(version=version).first()


def requirements(procedure: Procedure) -> list[Requirement]:
    """What a submission needs (domain 1.9, 4): shown on the page and judged by the action."""
    version = adopted_version(procedure)
    adoption = getattr(version, "adoption", None)
    report = standing_report(version) if version else None
    waiting = waiting_submission(procedure)
    return [
        Requirement(_("Beschlossene Fassung der Zielvereinbarung"), int(version is not None), 1, "agreement"),
        Requirement(
            _("Beschluss mit Gremium, Datum und Vorlagennummer"),
            int(bool(adoption and adoption.decision_id)),
            1,
            "bodies",
        ),
        Requirement(
            _("Stellungnahme der Auditorin oder des Auditors, mit Empfehlung"),
            int(report is not None and report.verdict != "return"),
            1,
            "assessment",
        ),
        Requirement(_("Keine Einreichung, über die noch nicht entschieden ist"), int(waiting is None), 1, "assessment"),
    ]


def waiting_submission(procedure: Procedure) -> Submission | None:
    """A submission that neither came back as incomplete nor was decided."""
    for submission in submissions(procedure):
        check = standing_check(submission)
        if check is not None and not check.complete:
            continue
        if Release.objects.filter(decision__case__submission=submission).exists():
            continue
        return submission
    return None


def submissions(procedure: Procedure) -> QuerySet[Submission]:
    """The submissions of a procedure, the newest first, without their long content."""
    return (
        procedure.submissions.select_related("version", "report", "procedure__municipality")
        .prefetch_related("checks")
        .defer("canonical")
    )


def readable_submissions(by: Actor) -> QuerySet[Submission]:
    """The submissions this actor may read in this town.

    The board reads what is before it: cases with a seat of theirs, and never one they are recused from. The town's
    coordination and auditor and the office of the association read all.
    """
    found = Submission.objects.select_related("version", "report", "procedure__municipality").prefetch_related("checks")
    found = found.exclude(Exists(Recusal.objects.filter(case__submission=OuterRef("pk"), reviewer=by.id)))
    if by.has(Role.COORDINATOR, Role.AUDITOR, Role.ASSOCIATION_OFFICE):
        return found
    if by.has(Role.REVIEW_BOARD):
        return found.filter(Exists(Seat.objects.filter(case__submission=OuterRef("pk"), reviewer=by.id)))
    return found.none()


def standing_check(submission: Submission) -> CompletenessCheck | None:
    """The newest answer to "is it complete?"."""
    return next(iter(submission.checks.all()), None)


def all_cases() -> QuerySet[ReviewCase]:
    """All cases of the town with what every page about them needs."""
    return ReviewCase.objects.select_related(
        "municipality", "submission__procedure__municipality", "submission__version", "submission__report"
    ).defer("submission__canonical", "submission__version__canonical")


def cases(by: Actor) -> QuerySet[ReviewCase]:
    """The cases this actor may see: the office all, a member those with a seat of theirs, nobody a recused one."""
    found = all_cases().exclude(Exists(Recusal.objects.filter(case=OuterRef("pk"), reviewer=by.id)))
    if by.has(Role.ASSOCIATION_OFFICE):
        return found
    if by.has(Role.REVIEW_BOARD):
        return found.filter(Exists(Seat.objects.filter(case=OuterRef("pk"), reviewer=by.id)))
    return found.none()


def conflict_of(person_id: int) -> str:
    """Why this person must not judge or guide this town; empty if nothing is known.

    Whoever has or had a role in the town is too near to it, except as its auditor for guiding it (see
    `conflict_of_auditor`).
    """
    if declared := DeclaredConflict.objects.filter(person=person_id, ended_at=None).first():
        return declared.reason
    if Membership.objects.filter(user=person_id).exists():
        return _("Hat oder hatte in dieser Kommune eine Rolle.")
    return ""


def conflict_of_auditor(person_id: int) -> str:
    """Why this person must not guide this town: a declared conflict, another role here, or a seat on a case."""
    if declared := DeclaredConflict.objects.filter(person=person_id, ended_at=None).first():
        return declared.reason
    if Membership.objects.filter(user=person_id).exclude(role=Role.AUDITOR).exists():
        return _("Hat oder hatte in dieser Kommune eine andere Rolle.")
    if Seat.objects.filter(reviewer=person_id).exists():
        return _("Begutachtet diese Kommune.")
    return ""


def seats(case: ReviewCase) -> QuerySet[Seat]:
    """The seats of a case without those of recused members."""
    recused = Recusal.objects.filter(case=OuterRef("case"), reviewer=OuterRef("reviewer"))
    return case.seats.exclude(Exists(recused)).select_related("reviewer", "review")


def seat_of(case: ReviewCase, by: Actor) -> Seat | None:
    """The seat of this member, if they may judge."""
    return seats(case).filter(reviewer=by.id).first()


def first_seats(case: ReviewCase) -> list[Seat]:
    """The seats that judge from the beginning, each with its review or without."""
    return list(seats(case).filter(second=False))


def reviews(case: ReviewCase) -> list[Review]:
    """The judgements handed in by members who are not recused."""
    return list(
        Review.objects.filter(seat__in=seats(case).filter(second=False)).select_related("seat__reviewer").order_by("pk")
    )


def all_handed_in(case: ReviewCase) -> bool:
    """Everybody who judges has handed in: now each may read the others, and the joint opinion can be written."""
    members = first_seats(case)
    return bool(members) and all(hasattr(each, "review") for each in members)


def readable_reviews(case: ReviewCase, by: Actor) -> list[Review]:
    """Independent means: until all are in, a member reads only the own judgement, and the office none."""
    found = reviews(case)
    if all_handed_in(case):
        return found
    return [each for each in found if each.seat.reviewer_id == by.id]


def standing_opinion(case: ReviewCase) -> Consensus | None:
    return case.opinions.select_related("factual_answer").first()


def standing_decision(case: ReviewCase) -> ReviewDecision | None:
    """The decision that counts: the newest one."""
    return case.decisions.select_related("release", "opinion", "objection__answer").first()


def released(procedure: Procedure) -> QuerySet[ReviewDecision]:
    """Decisions that were announced to the town, the newest first: what the town may know of its cases."""
    return (
        ReviewDecision.objects.filter(case__submission__procedure=procedure, release__isnull=False)
        .select_related("release", "opinion", "case__submission", "objection__answer")
        .prefetch_related("conditions__reports__check_result")
        .order_by("-release__at", "-pk")
    )


def opinions_to_check(procedure: Procedure) -> QuerySet[Consensus]:
    """Opinions the town is asked about: the newest of each case, its facts not answered yet, nothing decided."""
    newest = Consensus.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return (
        Consensus.objects.filter(case__submission__procedure=procedure, factual_answer=None)
        .exclude(Exists(newest))
        .exclude(case__decisions__opinion__isnull=False)
        .select_related("case__submission")
    )


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
    rows = decision.conditions.prefetch_related(
        Prefetch("reports", ConditionReport.objects.select_related("check_result"))
    )
    return [ConditionLine(each, list(each.reports.all())) for each in rows]


def blocking_conditions(decision: ReviewDecision) -> list[ConditionLine]:
    """What still holds the certificate back."""
    return [each for each in condition_lines(decision) if each.condition.blocking and not each.met]


def counts(procedure: Procedure) -> dict[str, int]:
    """The facts of this room for gates. Only what was announced counts as decided."""
    return {
        "submissions": procedure.submissions.count(),
        "review_decisions": Release.objects.filter(
            decision__case__submission__procedure=procedure, decision__outcome__in=ReviewDecision.GRANTING
        ).count(),
    }


def deadlines(procedure: Procedure) -> list[Deadline]:
    """What the town owes the association: facts of an opinion, open conditions, the end of the time to object."""
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
            if not line.met
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
