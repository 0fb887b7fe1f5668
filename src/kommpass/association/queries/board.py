"""Meetings of the review board and their agendas: the office sees all, a member the own cases and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from kommpass.assessment.models import ReviewCase
from kommpass.assessment.queries import CaseLine, case_lines, cases
from kommpass.association.models import BoardItem, BoardMeeting
from kommpass.domain.permissions import Actor
from kommpass.domain.schemes import Words
from kommpass.municipalities.models import Municipality
from kommpass.people.addresses import into_town

STAGES = {
    "judging": _("Voten"),
    "writing": _("Gutachten zu schreiben"),
    "checking": _("Sachprüfung der Kommune"),
    "deciding": _("zu entscheiden"),
    "decided": _("entschieden, noch nicht bekanntgegeben"),
    "objected": _("Widerspruch zu beantworten"),
    "released": _("bekanntgegeben"),
}
"""How far a case is. What was decided is not said here: that is announced in the town."""


def meetings() -> QuerySet[BoardMeeting]:
    """All meetings, the newest first. When the board meets is no secret; about what is."""
    return BoardMeeting.objects.all()


@dataclass(frozen=True)
class MeetingLine:
    """A meeting, and how many items of its agenda this person may see."""

    meeting: BoardMeeting
    items: int


def meeting_lines(by: Actor) -> list[MeetingLine]:
    """The meetings with the number of visible items. Two queries."""
    seen = BoardItem.objects.filter(case__in=cases(by)).order_by().values_list("meeting").annotate(Count("pk"))
    numbers = dict(seen)
    return [MeetingLine(each, numbers.get(each.pk, 0)) for each in meetings()]


@dataclass(frozen=True)
class ItemLine:
    """A case as it stands on an agenda: which town, and how far it is, not what was said."""

    place: int
    key: int
    town: Municipality
    scheme: Words
    rung: Words
    round: int
    submission: int
    submitted_at: datetime
    version: int
    members: tuple[str, ...]
    handed_in: int
    stage: str
    url: str

    @property
    def label(self) -> str:
        return str(STAGES[self.stage])


def items(meeting: BoardMeeting, by: Actor) -> QuerySet[BoardItem]:
    """The items of a meeting whose cases this person may see: page, print and form all start here."""
    return BoardItem.objects.filter(meeting=meeting, case__in=cases(by))


def agenda(meeting: BoardMeeting, by: Actor, today: date) -> list[ItemLine]:
    """The visible items in order, counted anew: what somebody must not see leaves no gap. Constant queries."""
    keys = list(items(meeting, by).values_list("case", flat=True))
    found = {each.pk: each for each in case_lines(by).filter(pk__in=keys)}
    return [_line(found[key], today, place) for place, key in enumerate(keys, start=1)]


def _line(case: ReviewCase, today: date, place: int = 0) -> ItemLine:
    """A case from `case_lines` in words. No query."""
    submission, procedure, line = case.submission, case.submission.procedure, CaseLine(case, today)
    return ItemLine(
        place=place,
        key=case.pk,
        town=case.municipality,
        scheme=procedure.scheme.title,
        rung=procedure.rung_title,
        round=procedure.round,
        submission=submission.number,
        submitted_at=submission.submitted_at,
        version=submission.version.number,
        members=tuple(each.reviewer.name for each in line.judging),
        handed_in=line.handed_in,
        stage=line.state,
        url=into_town(case.municipality, "assessment:case", case.pk),
    )


@dataclass(frozen=True)
class OwnCase:
    """A case in which this person has a seat: how far it is, and whether it waits for their judgement."""

    line: ItemLine
    waits: bool
    due_on: date | None


def own_cases(by: Actor, today: date) -> list[OwnCase]:
    """The cases of all towns in which this person has a seat: what waits for them first, what is announced last."""
    rows = [(each, CaseLine(each, today)) for each in case_lines(by)]
    seated = [(case, line) for case, line in rows if by.id in {each.reviewer_id for each in case.seated}]
    found = [OwnCase(_line(case, today), line.waits_for(by), case.due_on) for case, line in seated]
    return sorted(found, key=lambda each: (not each.waits, each.line.stage == "released", each.line.town.name))


def to_be_put_on(meeting: BoardMeeting, by: Actor, today: date) -> list[ItemLine]:
    """The cases that may stand on this agenda: those on it in their order, then open ones (place 0) by town."""
    places = dict(items(meeting, by).values_list("case", "position"))
    rows = [_line(each, today, places.get(each.pk, 0)) for each in case_lines(by)]
    # What the town knows and did not object to needs no meeting any more.
    wanted = [each for each in rows if each.place or each.stage != "released"]
    return sorted(wanted, key=lambda each: (each.place == 0, each.place, each.town.name, each.key))
