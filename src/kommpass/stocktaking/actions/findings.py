"""Strengths and needs, written from answers or by hand, and the analysis that the auditor accepts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.stocktaking.models import FieldAnalysis, Finding


@transaction.atomic
def write_finding(
    *, field: FieldOfAction, kind: str, text: str, question_keys: Sequence[str] = (), by: Actor, at: datetime
) -> Finding:
    """Add a strength or a need at the end of its list."""
    permit(by, "finding.write", field.procedure)
    if not text.strip():
        raise NotPossible(_("Bitte schreiben Sie den Befund in einem Satz."))
    known = {each.key for each in field.procedure.scheme.questions}
    last = field.findings.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0
    finding = Finding.objects.create(
        procedure=field.procedure,
        field=field,
        kind=Finding.Kind(kind),
        text=text,
        question_keys=[key for key in question_keys if key in known],
        position=last + 1,
        written_at=at,
        written_by_name=by.name,
    )
    record(
        field.procedure, "finding.write", by=by, at=at, finding=finding.pk, field=field.number, kind=kind, text=text,
        questions=finding.question_keys,
    )  # fmt: skip
    return finding


@transaction.atomic
def edit_finding(*, finding: Finding, seen: int | None, by: Actor, at: datetime, **changes) -> Finding:
    """Change wording, kind, field or the questions a finding rests on."""
    permit(by, "finding.write", finding.procedure)
    before = {name: getattr(finding, name) for name in changes}
    changed = save_edition(finding, seen, changes)
    if changed:
        record(
            finding.procedure, "finding.write", by=by, at=at, finding=finding.pk,
            old={name: before[name] for name in changed}, new={name: changes[name] for name in changed},
        )  # fmt: skip
    return finding


@transaction.atomic
def remove_finding(*, finding: Finding, by: Actor, at: datetime) -> None:
    """Take a finding away. The journal keeps its text."""
    permit(by, "finding.write", finding.procedure)
    key, text, procedure = finding.pk, finding.text, finding.procedure
    try:
        finding.delete()
    except ProtectedError:
        raise NotPossible(
            _("Dieser Befund ist schon mit einem Ziel verknüpft. Bitte lösen Sie zuerst die Verknüpfung.")
        ) from None
    record(procedure, "finding.write", by=by, at=at, finding=key, removed=text)


@transaction.atomic
def write_analysis(
    *, field: FieldOfAction, summary: str, seen: int | None = None, by: Actor, at: datetime
) -> FieldAnalysis:
    """Write the summary of a field. An accepted analysis that is changed has to be accepted again."""
    permit(by, "finding.write", field.procedure)
    analysis, created = FieldAnalysis.objects.get_or_create(procedure=field.procedure, field=field)
    before = analysis.summary
    changed = save_edition(analysis, None if created else seen, {"summary": summary})
    if not changed:
        return analysis
    lapsed = analysis.accepted_at is not None
    if lapsed:
        analysis.accepted_at, analysis.accepted_by_name = None, ""
        analysis.save(update_fields=["accepted_at", "accepted_by_name"])
    record(
        field.procedure, "finding.write", by=by, at=at, analysis=field.number, old=before, new=summary,
        acceptance_lapsed=lapsed,
    )  # fmt: skip
    return analysis


@transaction.atomic
def accept_analysis(*, field: FieldOfAction, by: Actor, at: datetime) -> FieldAnalysis:
    """The auditor says that answers and findings of this field are complete enough to go on."""
    permit(by, "analysis.accept", field.procedure)
    FieldAnalysis.objects.get_or_create(procedure=field.procedure, field=field)
    analysis = FieldAnalysis.objects.select_for_update().get(field=field)
    if analysis.accepted_at:
        raise NotPossible(_("Die Auswertung dieses Handlungsfelds ist schon anerkannt."))
    if not field.findings.exists() and not analysis.summary.strip():
        raise NotPossible(
            _(
                "Zu diesem Handlungsfeld gibt es noch keine Zusammenfassung und keinen Befund. "
                "Bitte schreiben Sie zuerst, was sich zeigt."
            )
        )
    analysis.accepted_at, analysis.accepted_by_name = at, by.name
    analysis.save(update_fields=["accepted_at", "accepted_by_name"])
    record(field.procedure, "analysis.accept", by=by, at=at, field=field.number, title=field.title)
    return analysis
