"""What falls due for the association in all towns: for the calendars of its office and of the review board."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from kommpass.association.queries.board import meetings
from kommpass.association.queries.ceremonies import ceremonies
from kommpass.association.queries.decisions import conditions_of
from kommpass.association.queries.everywhere import everywhere
from kommpass.association.queries.known import Known, known
from kommpass.association.queries.reports import due
from kommpass.association.queries.work import open_work
from kommpass.domain.deadlines import Deadline
from kommpass.domain.permissions import Actor, Role
from kommpass.people.addresses import of_installation
from kommpass.people.dues import office_due_source
from kommpass.people.models import User
from kommpass.people.queries import actor


@office_due_source
def of_the_association(person: User, day: date) -> Iterable[Deadline]:
    """The board knows when it meets; the office everything that is due, in a constant number of queries."""
    by = actor(person)
    found: list[Deadline] = []
    if by.has(Role.ASSOCIATION_OFFICE, Role.REVIEW_BOARD):
        found += _meetings(day)
    if by.has(Role.ASSOCIATION_OFFICE):
        found += everywhere(_of_the_office, by, day)
    return found


def _meetings(day: date) -> list[Deadline]:
    url = of_installation("association:board")
    return [
        Deadline(each.held_on, _("Sitzung des Gutachterausschusses"), "board", url, each.place)
        for each in meetings().filter(held_on__gte=day).order_by("held_on", "pk")
    ]


def _of_the_office(by: Actor, day: date) -> list[Deadline]:
    """Ceremonies to come, work that waits, and what the towns owe. Each line names its town."""
    facts = known(day)
    return [*_ceremonies(day), *_work(by, facts), *_instalments(facts), *_reports(facts), *_conditions(facts)]


def _ceremonies(day: date) -> list[Deadline]:
    return [
        Deadline(
            each.held_on,
            _("Verleihung: %s") % each.title,
            "ceremony",
            of_installation("association:ceremony", each.pk),
            each.place,
        )
        for each in ceremonies().filter(held_on__gte=day)
    ]


def _work(by: Actor, facts: Known) -> list[Deadline]:
    """What waits for the office. Instalments are listed below, each by itself, also those that are not late yet."""
    tasks = (each for each in open_work(by, facts) if each.due.kind != "instalment")
    return [replace(each.due, label=f"{each.town.name}: {each.due.label}", responsible="") for each in tasks]


def _instalments(facts: Known) -> list[Deadline]:
    return [
        Deadline(
            each.due_on,
            _("%(town)s: Rate %(number)d des Kostenbeitrags")
            % {"town": each.contract.procedure.municipality.name, "number": each.number},
            "instalment",
            of_installation("association:contract", each.contract.procedure_id),
        )
        for each in facts.unpaid
    ]


def _reports(facts: Known) -> list[Deadline]:
    url = of_installation("association:reports")
    return [
        Deadline(each.due_on, _("%s: Jahresbericht") % each.town.name, "report", url)
        for each in due(facts.standings, facts.received, facts.today)
    ]


def _conditions(facts: Known) -> list[Deadline]:
    """What a town has not shown yet; what it showed waits for the office and is among its work."""
    url = of_installation("association:conditions")
    return [
        Deadline(
            each.due_on,
            _("%(town)s: Auflage %(number)d") % {"town": each.town.name, "number": each.number},
            "condition",
            url,
        )
        for each in conditions_of(facts.decisions, facts.today)
        if each.state in ("open", "overdue")
    ]
