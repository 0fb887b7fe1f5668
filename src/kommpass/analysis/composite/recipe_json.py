"""Recipes as JSON and back: nothing is filled in silently, numbers are texts so that 0.1 stays 0.1."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from kommpass.analysis.composite.recipe import (
    Aggregation,
    ByLimits,
    ByQuantile,
    BySpread,
    Classes,
    Direction,
    Indicator,
    LeftOut,
    MinMax,
    Missing,
    Normalisation,
    Rank,
    Recipe,
    Spread,
    ZScore,
)

Json = dict[str, Any]
Named = TypeVar("Named", bound=StrEnum)


class NoRecipe(ValueError):
    """What came is no recipe; the message says what was expected where."""


def to_json(recipe: Recipe) -> Json:
    """Every choice, those that nobody made as well.

    >>> classes = ByQuantile(names=("low", "high"))
    >>> told = to_json(Recipe((Indicator("child_poverty"),), classes, minimum_valid=1))
    >>> told["normalisation"]
    {'kind': 'z_score', 'spread': 'population', 'by_population': False}
    >>> from_json(told).classes == classes
    True
    """
    return {each.name: _told(getattr(recipe, each.name)) for each in fields(recipe)}


def _told(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        kind = {"kind": value.kind} if hasattr(value, "kind") else {}
        return kind | {each.name: _told(getattr(value, each.name)) for each in fields(value)}
    return value


def from_json(told: Any) -> Recipe:
    """The recipe that `to_json` told. NoRecipe if something is missing, too much or contradicts itself."""
    parts = _object(told, "recipe", [each.name for each in fields(Recipe)])
    try:
        return Recipe(
            indicators=tuple(_indicator(each) for each in _list(parts["indicators"], "indicators")),
            classes=_classes(parts["classes"]),
            minimum_valid=_whole(parts["minimum_valid"], "minimum_valid"),
            normalisation=_normalisation(parts["normalisation"]),
            aggregation=_one_of(Aggregation, parts["aggregation"], "aggregation"),
            missing=_one_of(Missing, parts["missing"], "missing"),
            standardised=None if parts["standardised"] is None else _z_score(parts["standardised"], "standardised"),
            winsorised=_number(parts["winsorised"], "winsorised"),
            minimum_population=_whole(parts["minimum_population"], "minimum_population"),
            left_out=tuple(_left_out(each) for each in _list(parts["left_out"], "left_out")),
        )
    except NoRecipe:
        raise
    except ValueError as wrong:
        raise NoRecipe(str(wrong)) from wrong


def _indicator(told: Any) -> Indicator:
    parts = _object(told, "indicator", ["key", "direction", "weight"])
    direction = _one_of(Direction, parts["direction"], "direction")
    return Indicator(_text(parts["key"], "key"), direction, _number(parts["weight"], "weight"))


def _left_out(told: Any) -> LeftOut:
    parts = _object(told, "left_out", ["area", "why"])
    return LeftOut(_text(parts["area"], "area"), _text(parts["why"], "why"))


def _normalisation(told: Any) -> Normalisation:
    kind = _kind(told, "normalisation")
    if kind == ZScore.kind:
        return _z_score(told, "normalisation")
    _object(told, "normalisation", ["kind"])
    if kind == MinMax.kind:
        return MinMax()
    if kind == Rank.kind:
        return Rank()
    raise NoRecipe(f"normalisation: there is no kind {kind!r}")


def _z_score(told: Any, where: str) -> ZScore:
    parts = _object(told, where, ["kind", "spread", "by_population"])
    if parts["kind"] != ZScore.kind or not isinstance(parts["by_population"], bool):
        raise NoRecipe(f"{where}: a z-score was expected, by_population true or false")
    return ZScore(_one_of(Spread, parts["spread"], f"{where}.spread"), parts["by_population"])


def _classes(told: Any) -> Classes:
    kind = _kind(told, "classes")
    more = {BySpread.kind: ["limits", "spread"], ByLimits.kind: ["limits"], ByQuantile.kind: []}
    if kind not in more:
        raise NoRecipe(f"classes: there is no kind {kind!r}")
    parts = _object(told, "classes", ["kind", "names", *more[kind]])
    names = tuple(_text(each, "names") for each in _list(parts["names"], "names"))
    if kind == ByQuantile.kind:
        return ByQuantile(names)
    limits = tuple(_number(each, "limits") for each in _list(parts["limits"], "limits"))
    if kind == ByLimits.kind:
        return ByLimits(limits, names)
    return BySpread(limits, names, _one_of(Spread, parts["spread"], "classes.spread"))


def _object(told: Any, where: str, names: list[str]) -> Mapping[str, Any]:
    if not isinstance(told, Mapping) or set(told) != set(names):
        raise NoRecipe(f"{where}: expected an object of {', '.join(names)}, got {told!r}")
    return told


def _kind(told: Any, where: str) -> str:
    if not isinstance(told, Mapping) or "kind" not in told:
        raise NoRecipe(f"{where}: expected an object with its kind, got {told!r}")
    return _text(told["kind"], f"{where}.kind")


def _list(told: Any, where: str) -> list[Any]:
    if not isinstance(told, list):
        raise NoRecipe(f"{where}: expected a list, got {told!r}")
    return told


def _text(told: Any, where: str) -> str:
    if not isinstance(told, str):
        raise NoRecipe(f"{where}: expected a text, got {told!r}")
    return told


def _whole(told: Any, where: str) -> int:
    if not isinstance(told, int) or isinstance(told, bool):
        raise NoRecipe(f"{where}: expected a whole number, got {told!r}")
    return told


def _number(told: Any, where: str) -> Decimal:
    try:
        number = Decimal(_text(told, where))
    except InvalidOperation as wrong:
        raise NoRecipe(f"{where}: expected a number as text, got {told!r}") from wrong
    if not number.is_finite():
        raise NoRecipe(f"{where}: expected a number, got {told!r}")
    return number


def _one_of(names: type[Named], told: Any, where: str) -> Named:
    try:
        return names(told)
    except ValueError as wrong:
        raise NoRecipe(f"{where}: expected one of {', '.join(names)}, got {told!r}") from wrong
