"""Meetings of the board: planned for the whole installation, noted in each town whose case is on the agenda."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.assessment.models import ReviewCase
from kommpass.association.models import BoardItem, BoardMeeting
from kommpass.association.queries.board import items
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.across import across_municipalities
from kommpass.municipalities.scope import within


@transaction.atomic
def plan_board_meeting(*, held_on: date, place: str = "", note: str = "", by: Actor, at: datetime) -> BoardMeeting:
    """Plan a meeting of the board. It belongs to no town, and so to no journal. A double click plans one meeting."""
    permit(by, "board.plan")
    meeting, _new = BoardMeeting.objects.get_or_create(
        held_on=held_on, place=place, defaults={"note": note, "planned_by": by.name, "planned_at": at}
    )
    return meeting


@transaction.atomic
def change_board_meeting(
    *, meeting: BoardMeeting, held_on: date, place: str = "", note: str = "", by: Actor, at: datetime
) -> BoardMeeting:
    """Put a meeting on another day, or say where it is. The towns on its agenda keep a note of the new day."""
    permit(by, "board.plan")
    if BoardMeeting.objects.filter(held_on=held_on, place=place).exclude(pk=meeting.pk).exists():
        raise NotPossible(_("An diesem Tag ist an diesem Ort schon eine andere Sitzung geplant."))
    moved = meeting.held_on != held_on
    meeting.held_on, meeting.place, meeting.note = held_on, place, note
    meeting.save(update_fields=["held_on", "place", "note"])
    for item in _all_items(meeting) if moved else ():
        with within(item.municipality):
            record(item.case.procedure, "board.plan", by=by, at=at, held_on=held_on, position=item.position)
    return meeting


@transaction.atomic
def set_agenda(*, meeting: BoardMeeting, cases: Sequence[ReviewCase], by: Actor, at: datetime) -> list[BoardItem]:
    """These cases of any towns are the agenda, in this order. What is not among them is taken off.

    What this person must not see is left where it is.
    """
    permit(by, "board.plan")
    BoardMeeting.objects.select_for_update().get(pk=meeting.pk)
    known = {each.case_id: each for each in _visible_items(meeting, by)}
    made = []
    for position, case in enumerate(cases, start=1):
        item = known.pop(case.pk, None)
        if item is None or item.position != position:
            item = _put(meeting, case, position, by, at)
        made.append(item)
    for item in known.values():
        with within(item.municipality):
            item.delete()
            record(item.case.procedure, "board.plan", by=by, at=at, held_on=meeting.held_on, position=0)
    return made


def _put(meeting: BoardMeeting, case: ReviewCase, position: int, by: Actor, at: datetime) -> BoardItem:
    with within(case.municipality):
        item, _new = BoardItem.objects.update_or_create(meeting=meeting, case=case, defaults={"position": position})
        record(case.procedure, "board.plan", by=by, at=at, held_on=meeting.held_on, position=position)
    return item


def _visible_items(meeting: BoardMeeting, by: Actor) -> list[BoardItem]:
    with across_municipalities():
        return list(items(meeting, by).select_related("municipality", "case__submission__procedure"))


def _all_items(meeting: BoardMeeting) -> list[BoardItem]:
    with across_municipalities():
        return list(meeting.items.select_related("municipality", "case__submission__procedure"))
