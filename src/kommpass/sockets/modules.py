"""The plug of an extra. The core asks `every()` and never imports an extra."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kommpass.domain.permissions import RULES, Rule


@dataclass(frozen=True)
class NavItem:
    """A way into a room: `url` is a URL name, `action` the right one needs to see it."""

    label: str
    url: str
    action: str


@dataclass(frozen=True)
class Module:
    """An optional part of the house. `urls` is a URLconf module; a town switches it on by its key."""

    key: str
    title: str
    urls: str
    nav: tuple[NavItem, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)


_plugged: dict[str, Module] = {}


def plug_in(module: Module) -> None:
    """Announce an extra. Raises ValueError if it would redefine a rule of the core."""
    clash = RULES.keys() & module.rules.keys()
    if clash:
        raise ValueError(f"{module.key} redefines {sorted(clash)}")
    _plugged[module.key] = module


def unplug(key: str) -> None:
    _plugged.pop(key, None)


def every() -> list[Module]:
    return sorted(_plugged.values(), key=lambda module: module.title)


def rules() -> Mapping[str, Rule]:
    """The core table and the tables of all extras, read as one."""
    if not _plugged:
        return RULES
    return RULES | {name: each for module in every() for name, each in module.rules.items()}
