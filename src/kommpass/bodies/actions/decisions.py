"""Decisions are registered once and sealed; a mistake is corrected by a further row that names it (Beschluss)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.bodies.actions.results import VOTE, move, write_votes
from kommpass.bodies.models import Consultation, Decision, Paper
from kommpass.bodies.queries import way_to
from kommpass.domain.consultations import StationRole, StationState
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible

Result = Decision.Result
STATE_AFTER = {
    Result.ADOPTED: StationState.DECIDED,
    Result.ADOPTED_WITH_CHANGES: StationState.DECIDED,
    Result.REJECTED: StationState.REJECTED,
    Result.NOTED: StationState.NOTED,
}
ACCEPTED = {Result.ADOPTED: True, Result.ADOPTED_WITH_CHANGES: True, Result.REJECTED: False}


@transaction.atomic
def register_decision(
    *,
    station: Consultation,
    decided_on: date,
    reference: str,
    result: str,
    wording: str = "",
    changes_text: str = "",
    manner: str = "",
    votes_yes: int | None = None,
    votes_no: int | None = None,
    votes_abstain: int | None = None,
    conditions: Sequence[str] = (),
    skipped_reason: str = "",
    by: Actor,
    at: datetime,
) -> Decision:
    """Register what the body decided: with day and paper number, at a station that decides, and only once."""
    paper = station.paper
    permit(by, "decision.register", paper.procedure)
    _refuse_wrong_place_or_day(station, decided_on, at)
    _refuse_incomplete(reference, result, changes_text)
    _refuse_blocked_way(station, skipped_reason)
    if station.meeting_on != decided_on:
        station.meeting_on = decided_on
        station.save(update_fields=["meeting_on"])
    move(station, STATE_AFTER[Result(result)], at)
    decision = Decision(
        procedure=paper.procedure,
        paper=paper,
        consultation=station,
        body=station.body,
        decided_on=decided_on,
        reference=reference.strip(),
        result=result,
        wording=wording or paper.proposed_resolution,
        subject_version=paper.subject_version,
        skipped_reason=skipped_reason,
        registered_at=at,
        registered_by=by.name,
    )
    votes = (votes_yes, votes_no, votes_abstain)
    for row in (decision, station):
        write_votes(row, manner, votes, conditions, ACCEPTED.get(Result(result)))
    decision.save(force_insert=True)
    station.changes_text, station.recorded_at = changes_text, at
    station.save(update_fields=["changes_text", "recorded_at", *VOTE])
    _keep_number(paper, reference.strip())
    _note(decision, "decision.register", by, at, changes=changes_text, skipped=skipped_reason)
    return decision


@transaction.atomic
def correct_decision(
    *,
    decision: Decision,
    correction_reason: str,
    decided_on: date,
    reference: str,
    result: str,
    wording: str = "",
    changes_text: str = "",
    manner: str = "",
    votes_yes: int | None = None,
    votes_no: int | None = None,
    votes_abstain: int | None = None,
    conditions: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Decision:
    """Set right what was registered wrongly. The wrong row stays, and says which row corrects it."""
    permit(by, "decision.register", decision.procedure)
    if decision.corrected_by.exists():
        raise NotPossible(_("Dieser Beschluss wurde schon berichtigt. Bitte berichtigen Sie die neuere Eintragung."))
    if not correction_reason.strip():
        raise NotPossible(_("Bitte geben Sie an, warum die Eintragung berichtigt wird."))
    if decided_on > timezone.localdate(at):
        raise NotPossible(_("Ein Beschluss kann nicht in der Zukunft liegen."))
    _refuse_incomplete(reference, result, changes_text)
    new = Decision(
        procedure=decision.procedure,
        paper=decision.paper,
        consultation=decision.consultation,
        body=decision.body,
        decided_on=decided_on,
        reference=reference.strip(),
        result=result,
        wording=wording,
        subject_version=decision.subject_version,
        skipped_reason=decision.skipped_reason,
        corrects=decision,
        correction_reason=correction_reason.strip(),
        registered_at=at,
        registered_by=by.name,
    )
    station = decision.consultation
    for row in (new, station):
        write_votes(row, manner, (votes_yes, votes_no, votes_abstain), conditions, ACCEPTED.get(Result(result)))
    new.save(force_insert=True)
    station.state, station.meeting_on, station.recorded_at = STATE_AFTER[Result(result)], decided_on, at
    station.changes_text, station.edition = changes_text, station.edition + 1
    station.save(update_fields=["state", "meeting_on", "changes_text", "recorded_at", "edition", *VOTE])
    _note(new, "decision.register", by, at, corrects=decision.pk, reason=correction_reason)
    return new


def _refuse_wrong_place_or_day(station: Consultation, decided_on: date, at: datetime) -> None:
    if station.role != StationRole.DECISION:
        raise NotPossible(_("Diese Station berät nur. Ein Beschluss wird dort eingetragen, wo entschieden wird."))
    if decided_on > timezone.localdate(at):
        raise NotPossible(_("Ein Beschluss kann nicht in der Zukunft liegen."))
    if station.meeting_on and decided_on < station.meeting_on:
        raise NotPossible(
            _("Der Beschluss läge vor der Sitzung vom %s. Bitte prüfen Sie den Tag.") % f"{station.meeting_on:%d.%m.%Y}"
        )
    if station.decisions.exists():
        raise NotPossible(_("Für diese Station ist schon ein Beschluss eingetragen. Sie können ihn berichtigen."))


def _refuse_incomplete(reference: str, result: str, changes_text: str) -> None:
    if not reference.strip():
        raise NotPossible(_("Ein Beschluss braucht die Nummer der Vorlage."))
    if Result(result) == Result.ADOPTED_WITH_CHANGES and not changes_text:
        raise NotPossible(_("Bitte schreiben Sie auf, was geändert wurde."))


def _refuse_blocked_way(station: Consultation, skipped_reason: str) -> None:
    """The stations before: a stopped or referred one holds the paper, an open one asks for a reason."""
    way, earlier = way_to(station)
    if way.blocked:
        bodies = ", ".join(earlier[position].body.name for position in way.held_by)
        sentence = _("Die Beratung wurde gestoppt oder verwiesen (%s). Erst muss eine weitere Station beraten.")
        raise NotPossible(sentence % bodies)
    if way.still_open and not skipped_reason.strip():
        bodies = ", ".join(earlier[position].body.name for position in way.still_open)
        raise NotPossible(_("Noch offen: %s. Bitte geben Sie an, warum trotzdem entschieden wurde.") % bodies)


def _keep_number(paper: Paper, reference: str) -> None:
    """A paper without a number takes the one under which it was decided, if no other paper has it."""
    if not paper.reference and not Paper.objects.filter(reference=reference).exists():
        paper.reference = reference
        paper.save(update_fields=["reference"])


def _note(decision: Decision, action: str, by: Actor, at: datetime, **more) -> None:
    record(
        decision.procedure,
        action,
        by=by,
        at=at,
        decision=decision.pk,
        paper=decision.paper_id,
        reference=decision.reference,
        body=decision.body.name,
        decided_on=decision.decided_on,
        result=decision.result,
        wording=decision.wording,
        manner=decision.manner,
        votes=decision.votes,
        conditions=decision.conditions,
        version=decision.subject_version,
        **more,
    )
