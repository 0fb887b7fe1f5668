"""How a list is read (Rezept): which columns mean what, which words its values mean, and what holds for all rows."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from kommpass.domain.offers.checks import SUMMARY_LENGTH
from kommpass.domain.offers.listing.own_table import COLUMNS, KEY
from kommpass.domain.offers.listing.targets import BY_KEY, FIELDS, LISTS
from kommpass.domain.words import _

LONGEST_SUMMARY = SUMMARY_LENGTH


class RecipeRefused(ValueError):
    """A recipe that cannot be used; `message` with `values` is a German sentence."""

    def __init__(self, message: str, **values: object):
        super().__init__(message.format(**values))
        self.message, self.values = message, values


@dataclass(frozen=True)
class Fixed:
    """What holds for every row that says nothing of its own; `publish` says whether families see it at once."""

    facility: str = ""
    topics: tuple[str, ...] = ()
    provider: str = ""
    city: str = ""
    summary: str = ""
    publish: bool = False

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "topics": list(self.topics)}


@dataclass(frozen=True)
class Recipe:
    """`key_column` is "" where rows are known by name and address; `columns`: target -> columns, in their order;
    `values`: target of a list -> value -> our words (none: it means nothing to us)."""

    key_column: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    fixed: Fixed = field(default_factory=Fixed)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key_column,
            "columns": {target: list(names) for target, names in self.columns.items()},
            "values": {
                target: {value: list(keys) for value, keys in words.items()} for target, words in self.values.items()
            },
            "fixed": self.fixed.to_json(),
        }

    @property
    def ours(self) -> bool:
        """Whether this is our own table, whose texts are already as they should be."""
        return self.key_column == KEY and self.columns.get("times") == (COLUMNS["times"],)

    @property
    def told(self) -> frozenset[str]:
        """The fields of the document about which the list says something, if only that they are empty."""
        fed = {name for target in self.columns for name in FIELDS[target]}
        fixed = {name for name in ("facility", "topics", "summary") if getattr(self.fixed, name)}
        return frozenset(fed | fixed | {"summary", "places"} | ({"topics"} if self.fixed.facility else set()))

    def fitting(self, columns: Sequence[str]) -> "Recipe":
        """The recipe for a table that has only these columns."""
        kept = {target: tuple(each for each in names if each in columns) for target, names in self.columns.items()}
        key = self.key_column if self.key_column in columns else ""
        return Recipe(key, {target: names for target, names in kept.items() if names}, self.values, self.fixed)


def load_recipe(content: bytes) -> Recipe:
    """Read a recipe file (TOML). Raises `RecipeRefused`.

    >>> load_recipe(b'key = "id"\\n[columns]\\ntitle = "name"\\n[fixed]\\nfacility = "playground"').columns
    {'title': ('name',)}
    """
    try:
        raw = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RecipeRefused(_("Die Rezeptdatei ist kein gültiges TOML ({why})."), why=str(error)[:120]) from None
    return recipe_from_dict(raw)


def recipe_from_dict(raw: Mapping[str, Any]) -> Recipe:
    """The recipe from a parsed file or from the database; the inverse of `Recipe.to_json`. Raises `RecipeRefused`."""
    _only(raw, ("key", "columns", "values", "fixed"))
    columns = {target: _texts(names, f"columns.{target}") for target, names in _table(raw, "columns").items()}
    _only(columns, tuple(BY_KEY))
    values = {target: _words_of(target, words) for target, words in _table(raw, "values").items()}
    key = raw.get("key", "")
    if not isinstance(key, str):
        raise RecipeRefused(_("In der Rezeptdatei steht bei „{name}“ kein Text."), name="key")
    return Recipe(key, {target: names for target, names in columns.items() if names}, values, _fixed(raw))


def _words_of(target: str, raw: Any) -> dict[str, tuple[str, ...]]:
    _only({target: raw}, tuple(LISTS))
    if not isinstance(raw, Mapping):
        raise RecipeRefused(_("In der Rezeptdatei ist „{name}“ keine Tabelle."), name=f"values.{target}")
    found = {value: _texts(keys, f"values.{target}") for value, keys in raw.items()}
    for keys in found.values():
        _known(target, keys)
    return found


def _fixed(raw: Mapping[str, Any]) -> Fixed:
    given = _table(raw, "fixed")
    _only(given, tuple(each.name for each in fields(Fixed)))
    topics = _texts(given.get("topics", ()), "fixed.topics")
    publish = given.get("publish", False)
    if not isinstance(publish, bool):
        raise RecipeRefused(_("In der Rezeptdatei steht bei „{name}“ nicht true oder false."), name="fixed.publish")
    texts = {}
    for name in ("facility", "provider", "city", "summary"):
        texts[name] = given.get(name, "")
        if not isinstance(texts[name], str):
            raise RecipeRefused(_("In der Rezeptdatei steht bei „{name}“ kein Text."), name=f"fixed.{name}")
    _known("topics", topics)
    _known("facility", (texts["facility"],) if texts["facility"] else ())
    return Fixed(topics=topics, publish=publish, **texts)


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = raw.get(name, {})
    if not isinstance(section, Mapping):
        raise RecipeRefused(_("In der Rezeptdatei ist „{name}“ keine Tabelle."), name=name)
    return section


def _texts(value: Any, name: str) -> tuple[str, ...]:
    """One text or a list of texts."""
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list | tuple) or not all(isinstance(each, str) for each in several):
        raise RecipeRefused(_("In der Rezeptdatei steht bei „{name}“ kein Text und keine Liste von Texten."), name=name)
    return tuple(each for each in several if each)


def _only(section: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in section:
        if name not in known:
            message = _("„{name}“ kennt die Rezeptdatei nicht. Möglich sind: {known}.")
            raise RecipeRefused(message, name=name, known=", ".join(known))


def _known(target: str, keys: Sequence[str]) -> None:
    for key in LISTS[target].unknown(keys):
        message = _("„{name}“ steht nicht in unserer Liste „{list}“. Möglich sind: {known}.")
        known = ", ".join(LISTS[target].places)
        raise RecipeRefused(message, name=key, list=LISTS[target].label, known=known)
