"""The look across all towns: only what was submitted or decided, never a draft."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import get_resolver

from kommpass.audits.models import JournalEntry, Procedure
from kommpass.domain.permissions import Role
from kommpass.domain.schemes import Words
from kommpass.municipalities.across import across_municipalities
from kommpass.municipalities.models import Municipality
from kommpass.people.addresses import door_of
from kommpass.people.models import Membership


@dataclass(frozen=True)
class ProcedureLine:
    """What the association may know of a procedure: where it stands, not what is written in it."""

    title: str
    scheme: Words
    rung: Words
    round: int
    state: str
    running: bool
    phases: tuple[Words, ...]
    adopted: bool


@dataclass
class TownLine:
    town: Municipality
    procedures: list[ProcedureLine] = field(default_factory=list)


def towns_with_procedures() -> list[TownLine]:
    """All towns with their procedures, newest round first. The number of queries does not depend on the towns."""
    with across_municipalities():
        adopted = set(
            JournalEntry.objects.filter(action="agreement.adopt").values_list("procedure", flat=True).distinct()
        )
        lines = defaultdict(list)
        for procedure in Procedure.objects.select_related("municipality").prefetch_related("phases"):
            lines[procedure.municipality_id].append(_line(procedure, procedure.pk in adopted))
        return [TownLine(town, lines[town.pk]) for town in Municipality.objects.all()]


def _line(procedure: Procedure, adopted: bool) -> ProcedureLine:
    current = [phase for phase in procedure.phases.all() if phase.opened_at and not phase.closed_at]
    return ProcedureLine(
        title=procedure.title,
        scheme=procedure.scheme.title,
        rung=procedure.scheme.rung(procedure.rung).title,
        round=procedure.round,
        state=procedure.get_state_display(),
        running=procedure.state == Procedure.State.RUNNING,
        phases=tuple(procedure.scheme.phase(phase.key).title for phase in current),
        adopted=adopted,
    )


@dataclass(frozen=True)
class InstalledTown:
    town: Municipality
    door: str
    people: int
    coordinators: tuple[str, ...]


def installed_towns() -> list[InstalledTown]:
    """All towns with the number of their people and the names of their coordinators, for the administrator."""
    with across_municipalities():
        people, coordinators = defaultdict(set), defaultdict(list)
        running = Membership.objects.filter(ended_at=None, user__is_active=True).order_by("user__name")
        for town, user, name, role in running.values_list("municipality", "user", "user__name", "role"):
            people[town].add(user)
            if role == Role.COORDINATOR:
                coordinators[town].append(name)
        return [
            InstalledTown(town, door_of(town), len(people[town.pk]), tuple(coordinators[town.pk]))
            for town in Municipality.objects.all()
        ]


# What a web server or a later page of the installation may answer for itself.
KEPT_FREE = frozenset({"static", "assets", "media", "api", "admin", "health", "healthz", "robots", "favicon", "www"})


def reserved_addresses() -> frozenset[str]:
    """First parts of addresses that belong to the installation: no town may be called like that."""
    firsts = {str(each.pattern).partition("/")[0] for each in get_resolver(settings.ROOT_URLCONF).url_patterns}
    inner = {
        str(each.pattern).partition("/")[0]
        for outer in get_resolver(settings.ROOT_URLCONF).url_patterns
        if not str(outer.pattern)
        for each in getattr(outer, "url_patterns", ())
    }
    return KEPT_FREE | firsts | inner


def free_address(slug: str) -> bool:
    return slug not in reserved_addresses() and not Municipality.objects.filter(slug=slug).exists()
