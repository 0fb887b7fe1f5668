"""Bodies and their meetings: the town's calendar of committees. They outlive the procedure."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.audits.models import Procedure
from kommpass.bodies.models import Body, Consultation, Meeting
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def add_body(
    *,
    procedure: Procedure | None = None,
    name: str,
    short: str = "",
    kind: str = Body.Kind.COMMITTEE,
    authoritative: bool = False,
    members_count: int = 0,
    by: Actor,
    at: datetime,
) -> Body:
    """Add a body of the town. `procedure` is where the journal notes it."""
    permit(by, "body.edit", procedure)
    _refuse_twin(name)
    body = Body.objects.create(
        name=name, short=short, kind=kind, authoritative=authoritative, members_count=members_count
    )
    record(procedure, "body.edit", by=by, at=at, body=body.pk, added=name, kind=kind, authoritative=authoritative)
    return body


@transaction.atomic
def edit_body(
    *,
    body: Body,
    procedure: Procedure | None = None,
    name: str,
    short: str,
    kind: str,
    authoritative: bool,
    members_count: int,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Body:
    """Change what a body is called and what it may do. Decisions it has taken keep what they say."""
    permit(by, "body.edit", procedure)
    _refuse_twin(name, besides=body)
    changes = {
        "name": name,
        "short": short,
        "kind": kind,
        "authoritative": authoritative,
        "members_count": members_count,
    }
    before = {each: getattr(body, each) for each in changes}
    changed = save_edition(body, seen, changes)
    if changed:
        record(
            procedure,
            "body.edit",
            by=by,
            at=at,
            body=body.pk,
            before={each: before[each] for each in changed},
            after={each: changes[each] for each in changed},
        )
    return body


@transaction.atomic
def add_meeting(
    *,
    body: Body,
    procedure: Procedure | None = None,
    held_on: date,
    place: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> Meeting:
    """Enter a meeting in the calendar: past ones too, for the record."""
    permit(by, "body.edit", procedure)
    if Meeting.objects.filter(body=body, held_on=held_on).exists():
        raise NotPossible(_("Für diesen Tag ist schon eine Sitzung dieses Gremiums eingetragen."))
    meeting = Meeting.objects.create(body=body, held_on=held_on, place=place, note=note)
    record(procedure, "body.edit", by=by, at=at, body=body.pk, meeting_added=held_on)
    return meeting


@transaction.atomic
def drop_meeting(*, meeting: Meeting, procedure: Procedure | None = None, by: Actor, at: datetime) -> None:
    """Take a meeting out of the calendar, unless a paper is meant for it."""
    permit(by, "body.edit", procedure)
    if Consultation.objects.filter(body=meeting.body_id, meeting_on=meeting.held_on).exists():
        raise NotPossible(_("Für diese Sitzung sind Vorlagen geplant. Bitte ändern Sie zuerst deren Beratungsfolge."))
    record(procedure, "body.edit", by=by, at=at, body=meeting.body_id, meeting_dropped=meeting.held_on)
    meeting.delete()


def _refuse_twin(name: str, besides: Body | None = None) -> None:
    twins = Body.objects.filter(name__iexact=name)
    if (twins.exclude(pk=besides.pk) if besides else twins).exists():
        raise NotPossible(_("Ein Gremium mit diesem Namen gibt es schon."))
