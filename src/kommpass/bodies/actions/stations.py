"""The chain of a paper: which body is asked when, and for what (Beratungsfolge)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.editions import save_edition
from kommpass.audits.journal import record
from kommpass.bodies.models import Body, Consultation, Meeting, Paper
from kommpass.bodies.queries import next_position
from kommpass.domain.consultations import DONE, HOLDING, StationRole, StationState
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible


@transaction.atomic
def add_station(
    *,
    paper: Paper,
    body: Body,
    role: str,
    meeting_on: date | None = None,
    public: bool = True,
    agenda_item: str = "",
    before: Consultation | None = None,
    by: Actor,
    at: datetime,
) -> Consultation:
    """Add a station at the end of the chain, or `before` another one (a referral comes before the decision)."""
    permit(by, "consultation.plan", paper.procedure)
    position = before.position if before else next_position(paper)
    if before:
        for later in paper.consultations.filter(position__gte=position).order_by("-position"):
            later.position += 1
            later.save(update_fields=["position"])
    station = Consultation.objects.create(
        paper=paper,
        body=body,
        role=StationRole(role),
        meeting_on=meeting_on,
        public=public,
        agenda_item=agenda_item,
        position=position,
    )
    _keep_calendar(body, meeting_on)
    record(
        paper.procedure,
        "consultation.plan",
        by=by,
        at=at,
        paper=paper.pk,
        station=station.pk,
        body=body.name,
        role=role,
        meeting_on=meeting_on,
    )
    return station


@transaction.atomic
def plan_station(
    *,
    station: Consultation,
    body: Body,
    role: str,
    position: int,
    meeting_on: date | None,
    public: bool,
    agenda_item: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Consultation:
    """Move or reword a station that is still open."""
    procedure = station.paper.procedure
    permit(by, "consultation.plan", procedure)
    if not station.open:
        raise NotPossible(_("Diese Station ist abgeschlossen. Bitte fügen Sie eine weitere Station hinzu."))
    if station.state == StationState.ON_AGENDA and meeting_on is None:
        raise NotPossible(_("Diese Station steht auf der Tagesordnung und braucht deshalb den Tag der Sitzung."))
    changes = {
        "body": body,
        "role": role,
        "position": position,
        "meeting_on": meeting_on,
        "public": public,
        "agenda_item": agenda_item,
    }
    before = {name: getattr(station, name) for name in changes}
    changed = save_edition(station, seen, changes)
    if changed:
        _keep_calendar(body, meeting_on)
        record(
            procedure,
            "consultation.plan",
            by=by,
            at=at,
            station=station.pk,
            before={name: before[name] for name in changed},
            after={name: changes[name] for name in changed},
        )
    return station


@transaction.atomic
def drop_station(*, station: Consultation, by: Actor, at: datetime) -> None:
    """Take a station out again that was only planned. What has happened stays in the chain."""
    procedure = station.paper.procedure
    permit(by, "consultation.plan", procedure)
    if station.state in DONE | HOLDING or station.recorded_at:
        raise NotPossible(_("An dieser Station ist schon etwas geschehen. Sie bleibt in der Beratungsfolge sichtbar."))
    record(procedure, "consultation.plan", by=by, at=at, paper=station.paper_id, dropped=station.body.name)
    station.delete()


def _keep_calendar(body: Body, meeting_on: date | None) -> None:
    """A date that somebody plans with is a meeting: the calendar shows it without being told twice."""
    if meeting_on:
        Meeting.objects.get_or_create(body=body, held_on=meeting_on)
