"""Ideas: keep them with their origin, and answer every one of them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import FieldOfAction, Procedure
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.models import District
from kommpass.participation.models import Idea


@transaction.atomic
def write_idea(
    *,
    procedure: Procedure,
    text: str,
    source: str,
    field: FieldOfAction | None = None,
    district: District | None = None,
    public: bool = False,
    by: Actor,
    at: datetime,
) -> Idea:
    """Write down an idea as it was said, without names."""
    permit(by, "idea.write", procedure)
    idea = Idea.objects.create(
        procedure=procedure,
        text=text,
        source=source,
        field=field,
        district=district,
        public=public,
        received_at=at,
    )
    record(procedure, "idea.write", by=by, at=at, idea=idea.pk, source=source)
    return idea


@transaction.atomic
def edit_idea(*, idea: Idea, seen: int | None = None, by: Actor, at: datetime, **changes) -> Idea:
    """Reword or sort an idea. `changes` names its fields; the answer has its own action."""
    permit(by, "idea.write", idea.procedure)
    changed = save_edition(idea, seen, changes)
    if changed:
        record(idea.procedure, "idea.write", by=by, at=at, idea=idea.pk, changed=changed)
    return idea


@transaction.atomic
def answer_idea(
    *, idea: Idea, state: str, reason: str = "", public: bool, seen: int | None = None, by: Actor, at: datetime
) -> Idea:
    """Answer an idea. Declining it needs a reason: those who gave it shall understand."""
    permit(by, "idea.answer", idea.procedure)
    if state == Idea.State.DECLINED and not reason.strip():
        raise NotPossible(_("Bitte begründen Sie, warum die Idee nicht aufgegriffen wird."))
    before = {"state": idea.state, "reason": idea.reason, "public": idea.public}
    changed = save_edition(idea, seen, {"state": state, "reason": reason, "public": public})
    if changed:
        idea.answered_at = at if idea.answered else None
        idea.save(update_fields=["answered_at"])
        after = {"state": state, "reason": reason, "public": public}
        record(idea.procedure, "idea.answer", by=by, at=at, idea=idea.pk, before=before, after=after)
    return idea
