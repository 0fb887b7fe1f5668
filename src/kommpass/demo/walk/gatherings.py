"""What lies ahead for the association: a meeting of the board about the cases that wait, and a ceremony."""

from datetime import date

from kommpass.assessment.models import ReviewCase
from kommpass.association import actions as association
from kommpass.association.models import BoardItem, Ceremony
from kommpass.demo.cast import ASSOCIATION
from kommpass.demo.clock import Clock
from kommpass.municipalities.models import Municipality
from kommpass.municipalities.scope import within
from kommpass.people.models import User
from kommpass.people.queries import actor


def assemble(slugs: list[str], *, today: date) -> None:
    """Plan both, as far as there is something to meet about."""
    clock = Clock(today)
    clock.on(2)
    office = actor(User.objects.get(email=ASSOCIATION.email))
    if waiting := [case for town in Municipality.objects.filter(slug__in=slugs) for case in _waiting_cases(town)]:
        meeting = association.plan_board_meeting(
            held_on=clock.day(-24),
            place="Bochum, Geschäftsstelle des Vereins, Raum 2",
            note="Beginn 10 Uhr. Wer mit der Bahn kommt, wird am Bahnhof abgeholt.",
            by=office,
            at=clock(),
        )
        association.set_agenda(meeting=meeting, cases=waiting, by=office, at=clock())
    if not Ceremony.objects.filter(held_on__gt=today).exists():
        association.plan_ceremony(
            title="Verleihung im Frühjahr",
            held_on=clock.day(-115),
            place="Dortmund, Altes Museum",
            note="Einladungen gehen hinaus, sobald die Entscheidungen bekannt gegeben sind.",
            by=office,
            at=clock(),
        )


def _waiting_cases(town: Municipality) -> list[ReviewCase]:
    """Cases of a town that are neither decided nor on an agenda."""
    with within(town):
        found = ReviewCase.objects.filter(decisions=None).select_related("municipality", "submission__procedure")
        on_agenda = set(BoardItem.objects.values_list("case", flat=True))
        return [each for each in found.order_by("pk") if each.pk not in on_agenda]
