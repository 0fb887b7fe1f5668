"""Papers: draft, edit until a body has decided, and name the version of the agreement they are about."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Paper
from kommpass.bodies.queries import standing_decision
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.people.models import Organisation


@transaction.atomic
def draft_paper(
    *,
    procedure: Procedure,
    title: str,
    purpose: str,
    reference: str = "",
    lead: Organisation | None = None,
    contributing: Collection[Organisation] = (),
    public: bool = True,
    proposed_resolution: str = "",
    facts_text: str = "",
    financial: str = "",
    attachments: str = "",
    subject_version: int | None = None,
    by: Actor,
    at: datetime,
) -> Paper:
    """Begin a paper. Its number may follow later; a decision cannot be registered without one."""
    permit(by, "paper.draft", procedure)
    _refuse_same_number(reference)
    paper = Paper.objects.create(
        procedure=procedure,
        title=title,
        purpose=purpose,
        reference=reference,
        lead=lead,
        public=public,
        proposed_resolution=proposed_resolution,
        facts_text=facts_text,
        financial=financial,
        attachments=attachments,
        subject_version=subject_version,
        created_at=at,
        created_by=by.name,
    )
    paper.contributing.set(contributing)
    record(procedure, "paper.draft", by=by, at=at, paper=paper.pk, title=title, purpose=purpose, reference=reference)
    return paper


@transaction.atomic
def edit_paper(
    *,
    paper: Paper,
    contributing: Collection[Organisation] | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
    **changes,
) -> Paper:
    """Change a paper as long as no body has decided on it. `changes` names fields of the paper."""
    permit(by, "paper.draft", paper.procedure)
    _refuse_decided(paper)
    if "reference" in changes:
        _refuse_same_number(changes["reference"], besides=paper)
    before = {name: getattr(paper, name) for name in changes}
    opened = seen is None or seen == paper.edition
    changed = save_edition(paper, seen, changes)
    partners = _set_contributing(paper, contributing, only_add=not opened)
    if changed or partners:
        record(
            paper.procedure,
            "paper.draft",
            by=by,
            at=at,
            paper=paper.pk,
            before={name: before[name] for name in changed},
            after={name: changes[name] for name in changed},
            **partners,
        )
    return paper


@transaction.atomic
def name_subject(*, paper: Paper, version_id: int, by: Actor, at: datetime) -> Paper:
    """Say which frozen version of the agreement the paper is about; after changes in a meeting: the new one."""
    permit(by, "paper.draft", paper.procedure)
    _refuse_decided(paper)
    before, paper.subject_version = paper.subject_version, version_id
    paper.save(update_fields=["subject_version"])
    record(
        paper.procedure, "paper.draft", by=by, at=at, paper=paper.pk, version_before=before, version_after=version_id
    )
    return paper


def _set_contributing(paper: Paper, wanted: Collection[Organisation] | None, *, only_add: bool) -> dict:
    """Set the contributing departments. From a page that is behind, names are added and none is taken away."""
    if wanted is None:
        return {}
    before = {each.pk: each for each in paper.contributing.all()}
    after = {each.pk: each for each in wanted} | (before if only_add else {})
    if before.keys() == after.keys():
        return {}
    paper.contributing.set(after.values())
    return {
        "contributing_before": sorted(each.name for each in before.values()),
        "contributing_after": sorted(each.name for each in after.values()),
    }


def _refuse_same_number(reference: str, besides: Paper | None = None) -> None:
    same = Paper.objects.filter(reference=reference)
    if reference and (same.exclude(pk=besides.pk) if besides else same).exists():
        raise NotPossible(_("Diese Vorlagennummer ist schon vergeben."))


def _refuse_decided(paper: Paper) -> None:
    if standing_decision(paper):
        raise NotPossible(
            _("Über diese Vorlage ist schon beschlossen. Ihr Text bleibt; bitte legen Sie eine neue Vorlage an.")
        )
