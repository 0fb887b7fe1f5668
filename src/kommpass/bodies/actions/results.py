"""What came out of a meeting: agenda, result, changes, votes, conditions, and a referral to another body."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.bodies.actions.stations import add_station
from kommpass.bodies.models import Body, Consultation
from kommpass.domain.consultations import (
    BY_DECISION,
    OPEN,
    StationRole,
    StationState,
    refusal_of,
    refusal_of_votes,
)
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible

ACCEPTED = {
    StationState.RECOMMENDED: True,
    StationState.RECOMMENDED_WITH_CHANGES: True,
    StationState.DECIDED: True,
    StationState.REJECTED: False,
}
VOTE = ["manner", "votes_yes", "votes_no", "votes_abstain", "conditions"]
RESULT = ["result_text", "changes_text", *VOTE]


@transaction.atomic
def put_on_agenda(*, station: Consultation, agenda_item: str = "", by: Actor, at: datetime) -> Consultation:
    """The office has taken the paper on: it is on the agenda of that day."""
    permit(by, "consultation.plan", station.paper.procedure)
    before = move(station, StationState.ON_AGENDA, at)
    station.agenda_item = agenda_item or station.agenda_item
    station.save(update_fields=["agenda_item"])
    _note(station, "consultation.plan", before, by, at)
    return station


@transaction.atomic
def take_off_agenda(*, station: Consultation, by: Actor, at: datetime) -> Consultation:
    permit(by, "consultation.plan", station.paper.procedure)
    _note(station, "consultation.plan", move(station, StationState.PLANNED, at), by, at)
    return station


@transaction.atomic
def record_result(
    *,
    station: Consultation,
    state: str,
    result_text: str = "",
    changes_text: str = "",
    manner: str = "",
    votes_yes: int | None = None,
    votes_no: int | None = None,
    votes_abstain: int | None = None,
    conditions: Sequence[str] = (),
    referred_to: Body | None = None,
    referred_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Consultation:
    """Enter what a body said. A station that decides gets its result from register_decision only.

    `referred_to` adds a station for the body that the paper was referred to, right behind this one.
    """
    permit(by, "consultation.record", station.paper.procedure)
    to = StationState(state)
    if station.role == StationRole.DECISION and to in BY_DECISION:
        raise NotPossible(_("Diese Station entscheidet. Bitte tragen Sie ihr Ergebnis als Beschluss ein."))
    if to == StationState.RECOMMENDED_WITH_CHANGES and not changes_text:
        raise NotPossible(_("Bitte schreiben Sie auf, was geändert wurde."))
    if to == StationState.REFERRED and referred_to is None:
        raise NotPossible(_("Bitte wählen Sie das Gremium, an das verwiesen wurde."))
    before = move(station, to, at)
    station.result_text, station.changes_text = result_text, changes_text
    write_votes(station, manner, (votes_yes, votes_no, votes_abstain), conditions, ACCEPTED.get(to))
    station.recorded_at = at
    station.save(update_fields=[*RESULT, "recorded_at"])
    _note(
        station,
        "consultation.record",
        before,
        by,
        at,
        changes=changes_text,
        manner=station.manner,
        votes=station.votes,
        text=result_text,
    )
    if to == StationState.REFERRED:
        _refer(station, referred_to, referred_on, by, at)
    return station


@transaction.atomic
def take_back_result(*, station: Consultation, reason: str, by: Actor, at: datetime) -> Consultation:
    """A result was entered by mistake: the station is on the agenda again, and the journal keeps what it said."""
    permit(by, "consultation.record", station.paper.procedure)
    if station.state in OPEN:
        raise NotPossible(_("An dieser Station ist noch kein Ergebnis eingetragen."))
    said = {"result": station.result, "changes": station.changes_text, "text": station.result_text}
    before = move(station, StationState.ON_AGENDA, at)
    station.result_text = station.changes_text = ""
    write_votes(station, "", (None, None, None), (), None)
    station.save(update_fields=RESULT)
    _note(station, "consultation.record", before, by, at, reason=reason, said=said)
    return station


def move(station: Consultation, to: StationState, at: datetime) -> StationState:
    """Bring a locked station into its next state, or say why that cannot be. Returns the state before."""
    latest = Consultation.objects.select_for_update().get(pk=station.pk)
    before = StationState(latest.state)
    sentence = refusal_of(
        role=StationRole(latest.role),
        state=before,
        to=to,
        meeting_on=latest.meeting_on,
        today=timezone.localdate(at),
    )
    if sentence:
        raise NotPossible(_(sentence))
    station.state, station.meeting_on, station.edition = to, latest.meeting_on, latest.edition + 1
    station.save(update_fields=["state", "edition"])
    return before


def write_votes(
    row, manner: str, votes: tuple[int | None, int | None, int | None], conditions: Sequence[str], accepted: bool | None
) -> None:
    """Set the vote on a station or a decision, if it can be true."""
    sentence = refusal_of_votes(votes, manner=manner, members=row.body.members_count, accepted=accepted)
    if sentence:
        raise NotPossible(_(sentence))
    row.manner = manner
    row.votes_yes, row.votes_no, row.votes_abstain = votes
    row.conditions = list(conditions)


def _refer(station: Consultation, body: Body, meeting_on: date | None, by: Actor, at: datetime) -> None:
    later = station.paper.consultations.filter(position__gt=station.position).order_by("position").first()
    role = StationRole.RECOMMENDATION if station.decides else station.role
    add_station(paper=station.paper, body=body, role=role, meeting_on=meeting_on, before=later, by=by, at=at)


def _note(station: Consultation, action: str, before: str, by: Actor, at: datetime, **more) -> None:
    record(
        station.paper.procedure,
        action,
        by=by,
        at=at,
        paper=station.paper_id,
        station=station.pk,
        body=station.body.name,
        before=before,
        after=station.state,
        **more,
    )
