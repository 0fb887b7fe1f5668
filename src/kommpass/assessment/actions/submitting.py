"""The auditor's word, the submission, and whether it is complete."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.assessment import content, queries
from kommpass.assessment.models import AuditorReport, CompletenessCheck, ReviewCase, Submission
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.domain.canonical import canonical_json
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import GateClosed, NotPossible
from kommpass.domain.rubrics import VERDICTS, lacks, settled


@transaction.atomic
def write_auditor_report(
    *, procedure: Procedure, judgements: Mapping, verdict: str, text: str, by: Actor, at: datetime
) -> AuditorReport:
    """The auditor's recommendation to the board on the adopted version, criterion by criterion."""
    permit(by, "auditor_report.write", procedure)
    version = queries.adopted_version(procedure)
    if version is None:
        raise NotPossible(_("Es gibt noch keine beschlossene Fassung, zu der Sie Stellung nehmen könnten."))
    refuse_incomplete(procedure, judgements, verdict)
    report = AuditorReport.objects.create(
        procedure=procedure,
        version=version,
        judgements=settled(procedure.scheme.rubric, judgements),
        verdict=verdict,
        text=text,
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    record(procedure, "auditor_report.write", by=by, at=at, version=version.number, verdict=verdict)
    return report


def refuse_incomplete(procedure: Procedure, judgements: Mapping, verdict: str) -> None:
    """A judgement is whole: every criterion answered, and with a reason where it is not simply fulfilled."""
    if missing := lacks(procedure.scheme.rubric, judgements):
        titles = ", ".join(str(each.criterion.title) for each in missing)
        if all(each.reason_only for each in missing):
            raise NotPossible(_("Es fehlt noch eine Begründung zu: %s.") % titles)
        raise NotPossible(_("Es fehlt noch ein Urteil oder eine Begründung zu: %s.") % titles)
    if verdict not in VERDICTS:
        raise NotPossible(_("Bitte wählen Sie, was Sie im Ganzen empfehlen."))


@transaction.atomic
def submit(*, procedure: Procedure, letter: str = "", by: Actor, at: datetime) -> Submission:
    """Submit to the association: a sealed copy. Raises GateClosed with everything that is missing."""
    permit(by, "submission.submit", procedure)
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    missing = [each for each in queries.requirements(procedure) if not each.met]
    if missing:
        raise GateClosed(_("Die Unterlagen können noch nicht eingereicht werden. Es fehlt noch etwas:"), missing)
    report = queries.standing_report(queries.adopted_version(procedure))
    number = procedure.submissions.count() + 1
    built = content.build(procedure, report, number=number, letter=letter, submitted_on=timezone.localdate(at))
    canonical = canonical_json(built)
    submission = Submission.objects.create(
        procedure=procedure,
        number=number,
        version=report.version,
        report=report,
        letter=letter,
        canonical=canonical,
        digest=sha256(canonical.encode()).hexdigest(),
        submitted_at=at,
        submitted_by=by.name,
    )
    record(
        procedure,
        "submission.submit",
        by=by,
        at=at,
        submission=number,
        version=report.version.number,
        digest=submission.digest,
    )
    return submission


@transaction.atomic
def check_submission(
    *, submission: Submission, complete: bool, note: str = "", by: Actor, at: datetime
) -> CompletenessCheck:
    """The office says whether everything is there. What is missing is said, and the town submits anew."""
    permit(by, "submission.check", submission.procedure)
    Submission.objects.select_for_update().get(pk=submission.pk)
    if ReviewCase.objects.filter(submission=submission).exists():
        raise NotPossible(_("Zu dieser Einreichung läuft schon die Begutachtung."))
    if not complete and not note.strip():
        raise NotPossible(_("Bitte schreiben Sie, was noch fehlt, damit die Kommune es nachreichen kann."))
    check = CompletenessCheck.objects.create(
        submission=submission, complete=complete, note=note.strip(), by_id=by.id, by_name=by.name, at=at
    )
    record(
        submission.procedure,
        "submission.check",
        by=by,
        at=at,
        submission=submission.number,
        complete=complete,
        note=note,
    )
    return check
