"""From the frozen version to the resolution: tabled, perhaps changed in the chain, recommended, adopted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.agreement import queries
from kommpass.agreement.actions.freezing import seal_draft
from kommpass.agreement.actions.promising import adopt
from kommpass.agreement.models import Adoption, Agreement, Recommendation, Tabling, Version
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.bodies.actions import name_subject
from kommpass.bodies.models import Decision, Paper
from kommpass.bodies.queries import standing_decision
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def table_version(*, version: Version, paper: Paper, by: Actor, at: datetime) -> Tabling:
    """Lay a version on a paper for the bodies."""
    procedure = version.agreement.procedure
    permit(by, "paper.draft", procedure)
    if paper.procedure_id != procedure.pk:
        raise NotPossible(_("Diese Vorlage gehört zu einem anderen Verfahren."))
    tabling, made = Tabling.objects.get_or_create(version=version, paper=paper, defaults={"at": at})
    if made:
        name_subject(paper=paper, version_id=version.pk, by=by, at=at)
        record(procedure, "paper.draft", by=by, at=at, paper=paper.reference, version=version.number)
    return tabling


@transaction.atomic
def amend_in_council(*, agreement: Agreement, paper: Paper, reason: str, by: Actor, at: datetime) -> Version:
    """Freeze what the bodies changed as a new version in the same chain. The old one stays readable."""
    permit(by, "agreement.amend_in_council", agreement.procedure)
    if paper.procedure_id != agreement.procedure_id:
        raise NotPossible(_("Diese Vorlage gehört zu einem anderen Verfahren."))
    last = paper.tablings.select_related("version").order_by("version__number").last()
    if last is None:
        raise NotPossible(_("Auf dieser Vorlage liegt noch keine Fassung, die geändert werden könnte."))
    decision = standing_decision(paper)
    # The council changes something and decides in the same meeting: the text of it is frozen afterwards.
    changed_by_decision = decision and decision.result == Decision.Result.ADOPTED_WITH_CHANGES
    if Adoption.objects.filter(version__tablings__paper=paper).exists() or (decision and not changed_by_decision):
        raise NotPossible(_("Über diese Vorlage ist schon beschlossen. Spätere Änderungen gehen einen eigenen Weg."))
    version = seal_draft(agreement=agreement, kind=Version.Kind.AMENDED, reason=reason, base=last.version, by=by, at=at)
    Tabling.objects.create(version=version, paper=paper, at=at)
    if decision is None:
        name_subject(paper=paper, version_id=version.pk, by=by, at=at)
    record(
        agreement.procedure,
        "agreement.amend_in_council",
        by=by,
        at=at,
        version=version.number,
        base=last.version.number,
        paper=paper.reference,
        reason=reason,
    )
    return version


@transaction.atomic
def adopt_version(*, version: Version, decision: Decision, by: Actor, at: datetime) -> Adoption:
    """Link a version to the decision that adopted it: positive, authoritative, and on its paper."""
    procedure = version.agreement.procedure
    permit(by, "agreement.adopt", procedure)
    queries.locked(version.agreement)
    _refuse_wrong_decision(decision)
    _refuse_wrong_version(version, decision)
    newest = queries.adoptions(procedure).first()
    adoption = adopt(
        version,
        decision=decision,
        approved_by=decision.body.name,
        valid_from=max(decision.decided_on, newest.valid_from) if newest else decision.decided_on,
        conditions=list(decision.conditions),
        at=at,
    )
    record(
        procedure,
        "agreement.adopt",
        by=by,
        at=at,
        version=version.number,
        digest=version.digest,
        decision=decision.reference,
        decided_on=decision.decided_on,
        conditions=adoption.conditions,
    )
    return adoption


def _refuse_wrong_decision(decision: Decision) -> None:
    if decision.corrected_by.exists():
        raise NotPossible(_("Dieser Beschluss wurde berichtigt. Bitte wählen Sie die neuere Eintragung."))
    if decision.result not in Decision.ADOPTING or not decision.body.authoritative:
        raise NotPossible(_("Nur ein zustimmender Beschluss des zuständigen Gremiums kann eine Fassung annehmen."))


def _refuse_wrong_version(version: Version, decision: Decision) -> None:
    tabled = list(version.agreement.versions.filter(tablings__paper=decision.paper).order_by("number"))
    if version not in tabled:
        raise NotPossible(_("Diese Fassung lag dem Gremium mit dieser Vorlage nicht vor."))
    if version != tabled[-1]:
        raise NotPossible(
            _("In der Beratung wurde die Fassung geändert. Angenommen ist die letzte Fassung der Vorlage.")
        )
    if Adoption.objects.filter(version=version).exists():
        raise NotPossible(_("Diese Fassung ist bereits als angenommen eingetragen."))
    if Adoption.objects.filter(version__agreement=version.agreement, version__number__gt=version.number).exists():
        raise NotPossible(_("Es gilt schon eine neuere Fassung. Eine ältere kann nicht mehr angenommen werden."))
    if decision.result == Decision.Result.ADOPTED_WITH_CHANGES and version.kind != Version.Kind.AMENDED:
        raise NotPossible(
            _("Das Gremium hat mit Änderungen beschlossen. Bitte schreiben Sie zuerst die geänderte Fassung fest.")
        )


@transaction.atomic
def recommend_version(*, version: Version, verdict: str, text: str, by: Actor, at: datetime) -> Recommendation:
    """The auditor's word on a frozen version. A later word is a second row; the newest counts."""
    permit(by, "agreement.recommend", version.agreement.procedure)
    recommendation = Recommendation.objects.create(version=version, verdict=verdict, text=text, by_name=by.name, at=at)
    record(version.agreement.procedure, "agreement.recommend", by=by, at=at, version=version.number, verdict=verdict)
    return recommendation
