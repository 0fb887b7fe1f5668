"""Scheme versions as people read them, what differs between two, and whom a newer one would touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommpass.association.queries.everywhere import everywhere
from kommpass.audits.actions.shape import preview_upgrade
from kommpass.audits.catalogue import schemes
from kommpass.audits.models import Procedure
from kommpass.domain.schemes import Part, Scheme, SchemeChanges, changes

ACTIVE = (Procedure.State.RUNNING, Procedure.State.PAUSED)

KINDS = {
    "phase": gettext_lazy("Phase"),
    "gate": gettext_lazy("Tor"),
    "field": gettext_lazy("Handlungsfeld"),
    "rung": gettext_lazy("Stufe"),
    "question": gettext_lazy("Frage"),
    "module": gettext_lazy("Querschnittsthema"),
    "criterion": gettext_lazy("Kriterium"),
    "report_section": gettext_lazy("Abschnitt des Jahresberichts"),
    "fee": gettext_lazy("Gebühr"),
}


@dataclass(frozen=True)
class SchemeLine:
    """A version in the list: how much is in it, and how many procedures work with it."""

    scheme: Scheme
    active: int
    ended: int
    newest: bool


def scheme_lines() -> list[SchemeLine]:
    """All versions of this installation, the newest of each scheme first. One query."""
    used = everywhere(_used)
    found = sorted(schemes().values(), key=lambda each: each.version, reverse=True)
    newest = {each.key: each.version for each in reversed(found)}
    return [
        SchemeLine(
            each,
            active=sum(state in ACTIVE for key, version, state in used if (key, version) == (each.key, each.version)),
            ended=sum(
                state not in ACTIVE for key, version, state in used if (key, version) == (each.key, each.version)
            ),
            newest=newest[each.key] == each.version,
        )
        for each in sorted(found, key=lambda each: each.key)
    ]


def _used() -> list[tuple[str, str, str]]:
    return list(Procedure.objects.order_by("pk").values_list("scheme_key", "scheme_version", "state"))


def file_of(scheme: Scheme) -> tuple[str, bool]:
    """The file in which a version stands, and whether it came with the house."""
    name = f"{scheme.key}-{scheme.version}.toml"
    if (Path(settings.HOUSE_SCHEMES) / name).is_file():
        return f"kommpass/schemes/{name}", True
    return str(Path(settings.SCHEMES_FOLDER) / name), False


@dataclass(frozen=True)
class Difference:
    """What became of one part of a scheme: how it was called and what it says, before and after."""

    kind: str
    key: str
    old: Part | None
    new: Part | None

    @property
    def label(self) -> str:
        return str(KINDS.get(self.kind, self.kind))

    @property
    def reworded(self) -> bool:
        return bool(self.old and self.new and self.old.words != self.new.words)


@dataclass(frozen=True)
class Comparison:
    """Two versions beside each other, in the words of the page."""

    old: Scheme
    new: Scheme
    added: tuple[Difference, ...]
    removed: tuple[Difference, ...]
    reworded: tuple[Difference, ...]
    moved: tuple[Difference, ...]
    altered: tuple[Difference, ...]

    @property
    def number(self) -> int:
        return sum(len(each) for each in (self.added, self.removed, self.reworded, self.moved, self.altered))

    @property
    def counted(self) -> list[tuple[str, list[tuple[str, int, str]]]]:
        """How much of which kind, as one bar."""
        parts = [
            (_("neu"), len(self.added), "good"),
            (_("entfällt"), len(self.removed), "bad"),
            (_("neuer Wortlaut"), len(self.reworded), "brand"),
            (_("anderer Platz"), len(self.moved), "quiet"),
            (_("andere Anforderung"), len(self.altered), "sun"),
        ]
        return [(_("Änderungen"), parts)]


def compared(old: Scheme, new: Scheme) -> Comparison:
    return _comparison(old, new, changes(old, new))


def _comparison(old: Scheme, new: Scheme, found: SchemeChanges) -> Comparison:
    return Comparison(
        old,
        new,
        added=tuple(Difference(each.kind, each.key, None, each) for each in found.added),
        removed=tuple(Difference(each.kind, each.key, each, None) for each in found.removed),
        reworded=_pairs(found.reworded),
        moved=_pairs(found.moved),
        altered=_pairs(found.altered),
    )


def _pairs(found: Sequence[tuple[Part, Part]]) -> tuple[Difference, ...]:
    return tuple(Difference(after.kind, after.key, before, after) for before, after in found)


@dataclass(frozen=True)
class Upgrade:
    """What a newer version would change for the procedures that work with the same older one."""

    comparison: Comparison
    procedures: tuple[Procedure, ...]


def upgrades(new: Scheme) -> list[Upgrade]:
    """Which active procedures an upgrade would touch, with the preview each of them would see. One query."""
    groups: dict[str, list[Procedure]] = {}
    for each in everywhere(_older, new):
        groups.setdefault(each.scheme_version, []).append(each)
    return [
        Upgrade(_comparison(rows[0].scheme, new, preview_upgrade(rows[0], new.version)), tuple(rows))
        for _version, rows in sorted(groups.items())
    ]


def _older(new: Scheme) -> list[Procedure]:
    rows = Procedure.objects.filter(scheme_key=new.key, scheme_version__lt=new.version, state__in=ACTIVE)
    return list(rows.select_related("municipality").order_by("municipality__name", "round", "pk"))
