"""Meetings of the board and ceremonies: planned for the whole installation, noted in each town they concern."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kommpass.assessment.models import ReviewCase
from kommpass.association.models import BoardItem, BoardMeeting, Ceremony, CeremonyGuest
from kommpass.audits.door import permit
from kommpass.audits.journal import record
from kommpass.certification.models import Certificate
from kommpass.domain.permissions import Actor
from kommpass.domain.refusals import NotPossible
from kommpass.municipalities.scope import within


@transaction.atomic
def plan_board_meeting(*, held_on: date, place: str = "", note: str = "", by: Actor, at: datetime) -> BoardMeeting:
    """Plan a meeting of the board. It belongs to no town, and so to no journal."""
    permit(by, "board.plan")
    return BoardMeeting.objects.create(held_on=held_on, place=place, note=note, planned_by=by.name, planned_at=at)


@transaction.atomic
def set_agenda(*, meeting: BoardMeeting, cases: Sequence[ReviewCase], by: Actor, at: datetime) -> list[BoardItem]:
    """Put cases of any towns on the agenda, in this order. What is on it already moves to its new place."""
    permit(by, "board.plan")
    made = []
    for position, case in enumerate(cases, start=1):
        with within(case.municipality):
            item, _new = BoardItem.objects.update_or_create(meeting=meeting, case=case, defaults={"position": position})
            made.append(item)
            record(case.procedure, "board.plan", by=by, at=at, held_on=meeting.held_on, position=position)
    return made


@transaction.atomic
def plan_ceremony(*, title: str, held_on: date, place: str = "", note: str = "", by: Actor, at: datetime) -> Ceremony:
    """Plan a ceremony. It belongs to no town, and so to no journal."""
    permit(by, "ceremony.plan")
    return Ceremony.objects.create(
        title=title, held_on=held_on, place=place, note=note, planned_by=by.name, planned_at=at
    )


@transaction.atomic
def invite_to_ceremony(
    *, ceremony: Ceremony, certificate: Certificate, people: int = 0, by: Actor, at: datetime
) -> CeremonyGuest:
    """A town gets its certificate at this ceremony, with so many people."""
    permit(by, "ceremony.plan")
    with within(certificate.municipality):
        if CeremonyGuest.objects.filter(certificate=certificate).exclude(ceremony=ceremony).exists():
            raise NotPossible(_("Dieses Zertifikat wird schon bei einer anderen Verleihung übergeben."))
        guest, _new = CeremonyGuest.objects.update_or_create(
            ceremony=ceremony, certificate=certificate, defaults={"people": people}
        )
        record(
            certificate.procedure,
            "ceremony.plan",
            by=by,
            at=at,
            certificate=certificate.number,
            held_on=ceremony.held_on,
            people=people,
        )
    return guest
