"""Auditors: who is licensed, whom they guide, and who must not guide whom."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommpass.assessment.models import DeclaredConflict, Seat
from kommpass.association.models import AuditorLicence
from kommpass.domain.permissions import Role
from kommpass.domain.validity import months_before
from kommpass.municipalities.models import Municipality
from kommpass.people.models import Membership, User

ENDING_MONTHS = 3
"""From then on everybody should see that a licence ends."""

STATES = {
    "valid": gettext_lazy("zugelassen"),
    "ending": gettext_lazy("läuft bald aus"),
    "coming": gettext_lazy("noch nicht gültig"),
    "over": gettext_lazy("abgelaufen"),
    "none": gettext_lazy("ohne Zulassung"),
}


def licence_state(licence: AuditorLicence | None, today: date) -> str:
    """valid, ending, coming, over or none."""
    if licence is None:
        return "none"
    if licence.since > today:
        return "coming"
    if licence.until is None:
        return "valid"
    if licence.until < today:
        return "over"
    return "ending" if today >= months_before(licence.until, ENDING_MONTHS) else "valid"


def may_guide(licence: AuditorLicence | None, today: date) -> bool:
    """Whether somebody with this licence may guide towns on this day."""
    return licence_state(licence, today) in ("valid", "ending")


@dataclass
class AuditorLine:
    """A person with a licence, or one who guides a town without any."""

    person: User
    licence: AuditorLicence | None
    state: str
    towns: list[Municipality] = field(default_factory=list)
    conflicts: list[DeclaredConflict] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(STATES[self.state])

    @property
    def licensed(self) -> bool:
        return self.state in ("valid", "ending")


def licences() -> QuerySet[AuditorLicence]:
    return AuditorLicence.objects.select_related("person")


def guiding() -> QuerySet[Membership]:
    """Who guides the towns in scope as an auditor."""
    return (
        Membership.objects.filter(role=Role.AUDITOR, ended_at=None)
        .select_related("user", "municipality")
        .order_by("municipality__name", "user__name", "pk")
    )


def open_conflicts() -> QuerySet[DeclaredConflict]:
    """Conflicts of interest that stand, in the towns in scope."""
    return (
        DeclaredConflict.objects.filter(ended_at=None)
        .select_related("municipality", "person")
        .order_by("municipality__name", "pk")
    )


def auditors(today: date) -> list[AuditorLine]:
    """Everybody with a licence or a mandate, by name, with their towns and conflicts. Three queries."""
    lines = {each.person_id: AuditorLine(each.person, each, licence_state(each, today)) for each in licences()}
    for each in guiding():
        line = lines.setdefault(each.user_id, AuditorLine(each.user, None, "none"))
        line.towns.append(each.municipality)
    for conflict in open_conflicts():
        if conflict.person_id in lines:
            lines[conflict.person_id].conflicts.append(conflict)
    return sorted(lines.values(), key=lambda each: (each.person.name, each.person.pk))


def unlicensed(today: date) -> list[tuple[User, Municipality, date]]:
    """Who guides a town in scope without a valid licence, and since when. Two queries."""
    known = {each.person_id: each for each in licences()}
    found = []
    for each in guiding():
        licence = known.get(each.user_id)
        if not may_guide(licence, today):
            ended = licence.until if licence and licence.until and licence.until < today else None
            found.append((each.user, each.municipality, ended or timezone.localdate(each.since)))
    return found


@dataclass(frozen=True)
class Candidate:
    """Somebody with a valid licence, and why they must not guide this town; empty if nothing stands against it."""

    person: User
    conflict: str


def candidates(today: date) -> list[Candidate]:
    """Whom the town in scope may get as its auditor, by the three reasons the action looks at. Four queries."""
    able = [each.person for each in licences() if may_guide(each, today)]
    keys = [each.pk for each in able]
    declared = dict(open_conflicts().filter(person__in=keys).values_list("person", "reason"))
    insiders = set(Membership.objects.filter(user__in=keys).exclude(role=Role.AUDITOR).values_list("user", flat=True))
    judges = set(Seat.objects.filter(reviewer__in=keys).values_list("reviewer", flat=True))
    reasons: dict[int, str] = defaultdict(str)
    reasons |= dict.fromkeys(judges, _("Begutachtet diese Kommune."))
    reasons |= dict.fromkeys(insiders, _("Hat oder hatte in dieser Kommune eine andere Rolle."))
    reasons |= declared
    return [Candidate(each, reasons[each.pk]) for each in able]
