"""Which column of a plan file means what (Zuordnung): read from TOML or JSON, or guessed."""

import json
import re
import tomllib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kommpass.domain.moments import DateRefused, parse_moment
from kommpass.domain.words import _

LEVELS = ("field", "strategic_goal", "goal", "measure", "step")
LIGHTS = ("green", "yellow", "red", "")
DESCRIPTION = "description"

DEFAULT_LIGHTS = {
    "grün": "green",
    "gruen": "green",
    "green": "green",
    "gelb": "yellow",
    "orange": "yellow",
    "yellow": "yellow",
    "rot": "red",
    "red": "red",
    "weiß": "",
    "weiss": "",
    "white": "",
    "grau": "",
    "#01873b": "green",
    "#ae1b1b": "red",
}

COLUMN_LABELS = {
    "key": _("Nummer"),
    "parent": _("Gehört zu"),
    "level": _("Ebene"),
    "field": _("Handlungsfeld"),
    "strategic_goal": _("Strategisches Ziel"),
    "goal": _("Ziel"),
    "title": _("Maßnahme (Titel)"),
    "step": _("Arbeitsschritt"),
    "description": _("Beschreibung"),
    "responsible": _("Zuständig"),
    "start": _("Beginn"),
    "due": _("Frist"),
    "period": _("Zeitraum"),
    "priority": _("Priorität"),
    "light": _("Ampel"),
    "status": _("Sachstand"),
    "cost": _("Kosten"),
    "funding": _("Finanzierung"),
    "partners": _("Beteiligte"),
    "target_groups": _("Zielgruppe"),
    "districts": _("Ort"),
    "indicator": _("Indikator"),
}


class MappingRefused(ValueError):
    """A mapping that cannot be used; `sentence` is German."""

    def __init__(self, message: str, **values: object):
        super().__init__(message.format(**values))
        self.message, self.values = message, values

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Round:
    """A report round: its label, its first and last moment ("2013", "2015-01"), and its column for the light.

    With `becomes` = "description" it is no round: the text describes the measure.
    """

    label: str = ""
    period_from: str = ""
    period_until: str = ""
    light: str = ""
    becomes: str = ""


@dataclass(frozen=True)
class Mapping:
    """Which column means what.

    `columns`: our word -> header. `levels`: what the level column says (or the depth, "1", "2"…) -> our
    level. `lights`: what the light column says -> green, yellow, red or "". `statuses`: end of the key
    ("-1516") in a file of parents, or header of a column ("Sachstand 2024") in a flat table -> round.
    """

    columns: AnyMapping[str, str] = field(default_factory=dict)
    levels: AnyMapping[str, str] = field(default_factory=dict)
    lights: AnyMapping[str, str] = field(default_factory=dict)
    statuses: AnyMapping[str, Round] = field(default_factory=dict)

    @property
    def is_tree(self) -> bool:
        """Rows name their parents, instead of repeating field and goal in columns."""
        return "parent" in self.columns

    def light(self, said: str) -> str | None:
        """The light for what the file says, None if nobody knows it."""
        known = {**DEFAULT_LIGHTS, **{name.casefold(): light for name, light in self.lights.items()}}
        return known.get(said.strip().casefold())

    def as_dict(self) -> dict[str, Any]:
        """As in a mapping file, without empty attributes."""
        rounds = {
            name: {key: value for key, value in vars(each).items() if value} for name, each in self.statuses.items()
        }
        whole = {
            "columns": dict(self.columns),
            "levels": dict(self.levels),
            "lights": dict(self.lights),
            "statuses": rounds,
        }
        return {name: value for name, value in whole.items() if value}


def load_mapping(content: bytes, file_name: str) -> Mapping:
    """Read a mapping file, TOML or JSON. Raises `MappingRefused`.

    >>> load_mapping(b'[columns]\\ntitle = "Ma\\xc3\\x9fnahme"', "zuordnung.toml").columns
    {'title': 'Maßnahme'}
    """
    try:
        text = content.decode("utf-8-sig")
        raw = json.loads(text) if file_name.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = _("Die Zuordnungsdatei „{name}“ ist kein gültiges TOML oder JSON ({where}).")
        place = re.search(r"line (\d+),? column (\d+)", str(error))
        where = f"Zeile {place[1]}, Zeichen {place[2]}" if place else _("Zeichen nicht lesbar")
        raise MappingRefused(message, name=file_name, where=where) from None
    return mapping_from_dict(raw)


def mapping_from_dict(raw: Any) -> Mapping:
    """The mapping from a parsed file or form; the inverse of `Mapping.as_dict`. Raises `MappingRefused`."""
    if not isinstance(raw, dict):
        raise MappingRefused(_("Die Zuordnung braucht Abschnitte wie columns und lights."))
    _only(raw, ("columns", "levels", "lights", "statuses"))
    columns = _texts(raw, "columns")
    _only(columns, tuple(COLUMN_LABELS))
    levels, lights = _texts(raw, "levels"), _texts(raw, "lights")
    for level in levels.values():
        _one_of(level, LEVELS)
    for light in lights.values():
        _one_of(light, LIGHTS)
    statuses = {name: _round(name, each) for name, each in _section(raw, "statuses").items()}
    return Mapping({name: header for name, header in columns.items() if header}, levels, lights, statuses)


def _section(raw: dict[str, Any], name: str) -> dict[str, Any]:
    section = raw.get(name, {})
    if not isinstance(section, dict):
        raise MappingRefused(_("Der Abschnitt „{name}“ der Zuordnung ist keine Tabelle."), name=name)
    return section


def _texts(raw: dict[str, Any], name: str) -> dict[str, str]:
    section = _section(raw, name)
    for key, value in section.items():
        if not isinstance(value, str):
            message = _("In der Zuordnung steht bei „{name}.{key}“ kein Text in Anführungszeichen.")
            raise MappingRefused(message, name=name, key=key)
    return section


def _only(section: dict[str, Any], known: Sequence[str]) -> None:
    for name in section:
        _one_of(name, known)


def _one_of(name: str, known: Sequence[str]) -> None:
    if name not in known:
        message = _("„{name}“ kennt die Zuordnung nicht. Möglich sind: {known}.")
        raise MappingRefused(message, name=name, known=", ".join(each or "„“" for each in known))


def _round(name: str, raw: Any) -> Round:
    if not isinstance(raw, dict):
        raise MappingRefused(_("Der Abschnitt „{name}“ der Zuordnung ist keine Tabelle."), name=name)
    section = _texts({name: raw}, name)
    _only(section, ("label", "period_from", "period_until", "light", "becomes"))
    _one_of(section.get("becomes", ""), ("", DESCRIPTION))
    for moment in ("period_from", "period_until"):
        try:
            parse_moment(section.get(moment) or "2000")
        except DateRefused as refused:
            raise MappingRefused(refused.message, **refused.values) from None
    return Round(**section)


def plain(header: str) -> str:
    """A header without case, umlauts, dots and brackets, for comparing: "Lfd. Nr." and "lfd nr"."""
    folded = header.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", " ", folded)))
