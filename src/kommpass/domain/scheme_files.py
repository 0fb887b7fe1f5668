"""Reads scheme files (schemes/*.toml), checks them and puts a version upon the one it is based on."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kommpass.domain import scheme_parts as parts
from kommpass.domain.scheme_entries import Entry, SchemeError, open_file
from kommpass.domain.scheme_vocabulary import KINDS
from kommpass.domain.schemes import Scheme
from kommpass.domain.scoring import Scoring, maximum_points

__all__ = ["SchemeError", "load", "load_all"]

# One digit after the point, so that the order of the texts is the order of the versions.
VERSION = re.compile(r"20\d\d\.[1-9]")


def load(path: Path, *, bases: Sequence[Path] = ()) -> Scheme:
    """Read one file. The version it is based on is looked for beside it, then in the folders `bases`."""
    return _load(path, (path.parent, *bases), ())


def load_all(*folders: Path) -> dict[tuple[str, str], Scheme]:
    """Read every scheme file of these folders: (key, version) -> scheme. A later file may not hide an earlier one."""
    found: dict[tuple[str, str], Scheme] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            scheme = load(path, bases=folders)
            if (scheme.key, scheme.version) in found:
                reason = f"Die Fassung {scheme.version} von „{scheme.key}“ gibt es in einem anderen Ordner schon."
                raise SchemeError(path.name, 1, reason)
            found[scheme.key, scheme.version] = scheme
    return found


def _load(path: Path, folders: Sequence[Path], above: tuple[str, ...]) -> Scheme:
    top, raw = open_file(path)
    key, version = top.key(), top.text("version")
    if not VERSION.fullmatch(version):
        raise top.error(f"„{version}“ ist keine Fassung. Erwartet wird Jahr.Nummer, zum Beispiel 2025.1.", "version")
    if path.name != f"{key}-{version}.toml":
        raise top.error(f"Zu Schlüssel und Fassung gehört der Dateiname „{key}-{version}.toml“.", "key")
    based_on = top.text("based_on", "")
    if not based_on:
        return _build(top, raw, None)
    if based_on == version or based_on in above:
        raise top.error(f"Die Fassung „{version}“ beruht im Kreis auf sich selbst.", "based_on")
    name = f"{key}-{based_on}.toml"
    base = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if base is None:
        raise top.error(f"Die Datei „{name}“, auf der diese Fassung beruht, fehlt.", "based_on")
    return _build(top, raw, _load(base, folders, (*above, version)))


def _build(top: Entry, raw: bytes, base: Scheme | None) -> Scheme:
    """Read the tables in the order in which they refer to each other."""
    kind = top.one_of("kind", KINDS, base.kind if base else None)
    if base and kind != base.kind:
        raise top.error("Eine neue Fassung kann die Art des Verfahrens nicht wechseln.", "kind")
    fields = parts.fields_of(top, base.fields if base else ())
    groups = parts.several(top, "target_group", parts.read_option, base.target_groups if base else ())
    scales = parts.several(top, "scale", parts.read_scale, base.scales if base else ())
    scoring = _scoring_of(top, kind, base)
    phases = parts.phases_of(top, base.phases if base else ())
    rungs = parts.rungs_of(top, parts.keys(phases), base.rungs if base else ())
    asking = parts.Asking(parts.keys(fields), parts.keys(groups), parts.keys(scales), scoring, top.text("version"))
    scheme = Scheme(
        key=top.key(),
        version=asking.version,
        title=base.title if base and "title" not in top else top.words("title"),
        owner=top.text("owner", base.owner if base else None),
        note=base.note if base and "note" not in top else top.words("note"),
        kind=kind,
        phases=tuple(
            replace(phase, rungs=tuple(rung.key for rung in rungs if phase.key in rung.phases)) for phase in phases
        ),
        gates=parts.gates_of(top, parts.keys(phases), base.gates if base else ()),
        fields=fields,
        modules=parts.several(top, "module", parts.read_module, base.modules if base else ()),
        target_groups=groups,
        rungs=rungs,
        questions=parts.questions_of(top, asking, base.questions if base else ()),
        scales=scales,
        scoring=scoring,
        report_template=parts.several(top, "report_section", parts.read_section, base.report_template if base else ()),
        rubric=base.rubric if base and "rubric" not in top else parts.read_rubric(top.child("rubric")),
        quality_rules=parts.several(top, "quality_rule", parts.read_quality_rule, base.quality_rules if base else ()),
        amendment_levels=parts.amendment_levels_of(top, base.amendment_levels if base else ()),
        fees=parts.several(top, "fee", parts.read_fee, base.fees if base else ()),
        digest=hashlib.sha256((base.digest.encode() if base else b"") + raw).hexdigest(),
        based_on=top.text("based_on", ""),
    )
    top.done()
    _check_maximum(top, scheme)
    return scheme


def _scoring_of(top: Entry, kind: str, base: Scheme | None) -> Scoring | None:
    if kind == "process":
        if "scoring" in top:
            raise top.child("scoring").error("Ein Verfahren der Art „process“ vergibt keine Punkte.")
        return None
    if base and "scoring" not in top:
        return base.scoring
    return parts.read_scoring(top.child("scoring"))


def _check_maximum(top: Entry, scheme: Scheme) -> None:
    """The stated maximum must be what the questions add up to."""
    if not scheme.scoring:
        return
    stated, counted = scheme.scoring.max_points, maximum_points(scheme.scoring, scheme.questions)
    if counted != stated:
        where = top.child("scoring") if "scoring" in top else top
        raise where.error(f"Als Höchstpunktzahl steht hier {stated}, gerechnet sind es {counted}.", "max_points")
