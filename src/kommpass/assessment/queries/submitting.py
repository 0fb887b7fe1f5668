"""What goes to the association: the auditor's word, what a submission needs, who may read one."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from kommpass.agreement.models import Version
from kommpass.agreement.queries import adoptions
from kommpass.assessment.models import AuditorReport, CompletenessCheck, Recusal, Release, Seat, Submission
from kommpass.audits.models import Procedure
from kommpass.domain.gates import Requirement
from kommpass.domain.permissions import Actor, Role


def adopted_version(procedure: Procedure) -> Version | None:
    """The version in force by the newest adoption: the one that can be submitted."""
    adoption = adoptions(procedure).first()
    return adoption.version if adoption else None


def auditor_reports(procedure: Procedure) -> QuerySet[AuditorReport]:
    """The auditor's words on adopted versions, the newest first."""
    return procedure.auditor_reports.select_related("version").defer("version__canonical")


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
    newest = CompletenessCheck.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk")
    return (
        submissions(procedure)
        .exclude(Exists(Release.objects.filter(decision__case__submission=OuterRef("pk"))))
        .annotate(found_complete=Subquery(newest.values("complete")[:1]))
        .filter(Q(found_complete=True) | Q(found_complete=None))
        .first()
    )


def submissions(procedure: Procedure) -> QuerySet[Submission]:
    """The submissions of a procedure, the newest first, without their long content."""
    return (
        procedure.submissions.select_related("version", "report", "procedure__municipality", "case")
        .prefetch_related("checks")
        .defer("canonical", "version__canonical")
    )


def readable_submissions(by: Actor) -> QuerySet[Submission]:
    """The submissions this actor may read in this town.

    The board reads what is before it: cases with a seat of theirs, and never one they are recused from. The town's
    coordination and auditor and the office of the association read all.
    """
    found = (
        Submission.objects.select_related("version", "report", "procedure__municipality", "case")
        .prefetch_related("checks")
        .defer("version__canonical")
    )
    found = found.exclude(Exists(Recusal.objects.filter(case__submission=OuterRef("pk"), reviewer=by.id)))
    if by.has(Role.COORDINATOR, Role.AUDITOR, Role.ASSOCIATION_OFFICE):
        return found
    if by.has(Role.REVIEW_BOARD):
        return found.filter(Exists(Seat.objects.filter(case__submission=OuterRef("pk"), reviewer=by.id)))
    return found.none()


def standing_check(submission: Submission) -> CompletenessCheck | None:
    """The newest answer to "is it complete?"."""
    return next(iter(submission.checks.all()), None)
